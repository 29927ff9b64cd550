import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import * as z from 'zod'

const RELATIVE = /(?:from|import)\s*\(?\s*'(\.[^']*)'/g

/** The folder of a file: in lib, each module is one. */
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

it('a relative import stays in its folder, because the linter checks only imports from the root', () => {
  const files = ['app', 'components', 'emails', 'lib', 'server', 'cli', 'tools'].flatMap(filesOf)
  const strays = files.flatMap((file) =>
    targetsOf(file)
      .filter((target) => homeOf(`${target}.ts`) !== homeOf(file))
      .map((target) => `${file} imports ${target}`),
  )
  expect(files.length).toBeGreaterThan(50)
  expect(strays).toEqual([])
})

const REPORT = z.object({
  diagnostics: z.array(z.object({ message: z.string(), location: z.object({ path: z.string() }) })),
})

/** What the linter's import rules say of files with these contents. */
function lint(files: Record<string, string>) {
  const folder = mkdtempSync(path.join(tmpdir(), 'imports-'))
  for (const entry of ['biome.json', '.gitignore', 'tools/lint'])
    cpSync(entry, path.join(folder, entry), { recursive: true })
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    writeFileSync(path.join(folder, file), `${content}\n`)
  }
  const { stdout } = spawnSync(
    path.resolve('node_modules/.bin/biome'),
    ['lint', '--only=style/noRestrictedImports', '--reporter=json', '.'],
    { cwd: folder, encoding: 'utf8' },
  )
  rmSync(folder, { recursive: true })
  const { diagnostics } = REPORT.parse(JSON.parse(stdout))
  return diagnostics.map(({ location, message }) => `${location.path}: ${message}`).sort()
}

const AUTH = "import { auth } from 'next-auth'"
const FORM = "import { useForm } from 'react-hook-form'"
const RESOLVER = "const load = () => import('@hookform/resolvers/zod')"

it('next-auth, react-hook-form and its resolvers are each used by one folder alone', () => {
  const auth = ['app/login/page.tsx', 'components/header.tsx', 'emails/code.tsx', 'server/web.ts']
  const form = [
    'app/_session/form.tsx',
    'components/card.tsx',
    'lib/accounts/login.ts',
    'cli/account.ts',
  ]
  const contents = [
    ...[...auth, 'app/_session/auth.ts'].map((file) => [file, AUTH]),
    ...[...form, 'components/form/field.tsx'].map((file) => [file, `${FORM}\n${RESOLVER}`]),
  ]
  const expected = [
    ...auth.map((file) => `${file}: next-auth is used by app/_session alone.`),
    ...form.flatMap((file) =>
      Array(2).fill(`${file}: react-hook-form is used by components/form alone.`),
    ),
  ]
  expect(lint(Object.fromEntries(contents))).toEqual(expected.sort())
})

it('instrumentation.ts imports lib/platform alone', () => {
  const lines = [
    "import type { Instrumentation } from 'next'",
    "import { log } from '@/lib/platform/log'",
    "import { db } from '@/lib/accounts'",
    "import { auth } from '@/app/_session/auth'",
    "import { web } from './server/web'",
  ]
  const faults = lint({ 'instrumentation.ts': lines.join('\n') })
  expect(faults).toHaveLength(3)
  expect(new Set(faults).size).toBe(1)
})

it('lib/signals imports addresses and platform alone, and neither of them imports it', () => {
  const files = {
    'lib/signals/ask.ts':
      "import { parsePhone } from '@/lib/addresses'\nimport { log } from '@/lib/platform/log'",
    'lib/signals/codes.ts': "import { sendMessages } from '@/lib/messaging'",
    'lib/addresses/phone.ts': "import { askOperator } from '@/lib/signals'",
    'lib/platform/log.ts': "import { askOperator } from '@/lib/signals'",
    'lib/messaging/index.ts': "import { askOperator } from '@/lib/signals'",
  }
  const faults = lint(files).map((fault) => fault.split(':')[0])
  expect(faults).toEqual(['lib/addresses/phone.ts', 'lib/platform/log.ts', 'lib/signals/codes.ts'])
})

it('no page streams: Suspense is not imported, and no route has a fallback', () => {
  const files = [
    'app/page.tsx',
    'app/_session/page.tsx',
    'components/card.tsx',
    'components/form/field.tsx',
  ]
  const source = "import { cache, Suspense } from 'react'"
  expect(lint(Object.fromEntries(files.map((file) => [file, source])))).toHaveLength(files.length)
  expect(filesOf('app').filter((file) => /\/loading\.tsx$/.test(file))).toEqual([])
})
