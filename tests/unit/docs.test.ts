import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const FILE = /\btests\/[\w./-]+\.(?:ts|tsx|mjs)\b/g
const SHORT = /`((?:unit|domain|migrations|faults|http|browser|attacks|system)\/[\w./-]+)`/g

/** The files of tests that a page names in full, or in code without `tests/` and `.test.ts`. */
function filesIn(page: string) {
  const text = readFileSync(path.join('docs', page), 'utf8')
  const short = [...text.matchAll(SHORT)].map(([, name = '']) => name)
  return { full: text.match(FILE) ?? [], short: short.filter((name) => !name.endsWith('/')) }
}

const isTest = (name: string) =>
  existsSync(`tests/${name}`) ||
  ['ts', 'tsx'].some((end) => existsSync(`tests/${name}.test.${end}`))

const pages = readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.md'),
)

it('every file of tests that the documentation names exists', () => {
  const named = pages.map((page) => [page, filesIn(page)] as const)
  const missing = named.flatMap(([page, { full, short }]) => [
    ...full.filter((file) => !existsSync(file)).map((file) => [page, file]),
    ...short.filter((name) => !isTest(name)).map((name) => [page, name]),
  ])
  expect(missing).toEqual([])
  const counts = Object.fromEntries(
    named.map(([page, { full, short }]) => [page, full.length + short.length]),
  )
  for (const page of ['conformance.md', 'testing.md', 'ux.md'])
    expect([page, (counts[page] ?? 0) > 3]).toEqual([page, true])
})
