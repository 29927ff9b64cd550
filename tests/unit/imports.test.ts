import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const RELATIVE = /(?:from|import)\s*\(?\s*'(\.[^']*)'/g

/** The folder that a file belongs to: in lib each domain is one of its own, and what lies beside them is the ground. */
function homeOf(file: string) {
  const [top = '', domain = '', ...rest] = file.split('/')
  return top === 'lib' && rest.length > 0 ? `lib/${domain}` : top
}

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => /\.tsx?$/.test(file))

const targetsOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(RELATIVE)].map(([, target = '']) =>
    path.join(path.dirname(file), target),
  )

it('a relative import stays in its folder: other folders are named from the root, where the linter watches', () => {
  const files = ['app', 'components', 'emails', 'lib', 'server', 'cli', 'tools'].flatMap(filesOf)
  const strays = files.flatMap((file) =>
    targetsOf(file)
      .filter((target) => homeOf(`${target}.ts`) !== homeOf(file))
      .map((target) => `${file} imports ${target}`),
  )
  expect(files.length).toBeGreaterThan(50)
  expect(strays).toEqual([])
})
