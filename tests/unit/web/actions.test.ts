import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const FOLDERS = ['app', 'components', 'emails', 'lib']
const DIRECTIVE = /['"]use server['"]/g

/** Next encrypts what an inline action captures, with a key that all builds have in common. */
it('a server action is an export of a module of actions, so it captures no value', () => {
  const sources = FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => [name, readFileSync(path.join(folder, name), 'utf8')] as const),
  )
  const marked = sources.filter(([, source]) => source.match(DIRECTIVE))
  expect(marked.length).toBeGreaterThan(10)
  for (const [name, source] of marked) {
    expect(source, name).toMatch(/^'use server'\n/)
    expect(source.match(DIRECTIVE), name).toHaveLength(1)
  }
})
