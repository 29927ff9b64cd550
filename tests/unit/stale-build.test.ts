import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'stale-build-')))
const inFolder = (...names: string[]) => path.join(folder, ...names)

beforeAll(() => {
  for (const name of ['server', 'dist', 'lib', 'node_modules/tsx'])
    mkdirSync(inFolder(name), { recursive: true })
  for (const name of ['prepare.mjs', 'run.mjs', 'source-hash.mjs'])
    cpSync(path.join('server', name), inFolder('server', name))
  for (const name of ['account', 'worker'])
    writeFileSync(inFolder('dist', `${name}.js`), 'console.log("ran", ...process.argv.slice(1))')
  writeFileSync(inFolder('lib/source.ts'), 'export const version = 1')
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function recordBuild() {
  const module = JSON.stringify(pathToFileURL(inFolder('server/source-hash.mjs')).href)
  const script = `import { writeFileSync } from 'node:fs'
    const { BUNDLE_STAMP, hashSources } = await import(${module})
    writeFileSync(BUNDLE_STAMP, hashSources())`
  spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: folder })
}

function run(name: string) {
  const args = [inFolder('server/run.mjs'), name, 'x']
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return { status, stdout: stdout.trim(), stderr: stderr.trim() }
}

const STALE = 'dist/ was not built from the current sources. Run "npm run build" first.'

it('a command runs when its build matches the sources', () => {
  recordBuild()
  expect(run('account')).toEqual({ status: 0, stdout: 'ran account x', stderr: '' })
})

it('a command is refused in a development checkout after a source has changed', () => {
  writeFileSync(inFolder('lib/source.ts'), 'export const version = 2')
  const { stderr, ...rest } = run('account')
  expect(rest).toEqual({ status: 1, stdout: '' })
  expect(JSON.parse(stderr)).toEqual({
    level: 60,
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    event: 'process_failed',
    error: { name: 'CliError', message: STALE },
  })
})

it('a service starts after a source has changed', () => {
  expect(run('worker')).toEqual({ status: 0, stdout: 'ran worker x', stderr: '' })
})

it('a command runs without the check and its file where the development packages are missing', () => {
  rmSync(inFolder('node_modules'), { recursive: true })
  rmSync(inFolder('server/source-hash.mjs'))
  expect(run('account')).toEqual({ status: 0, stdout: 'ran account x', stderr: '' })
})
