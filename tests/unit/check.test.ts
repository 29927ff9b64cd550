import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'

const NOT_SOURCES = ['.git', '.next', '.test', '.data', 'node_modules', 'docs']

// Some rules of the linter treat every file below a folder `app` as a page of the framework.
it('the linter has the same result in a folder whose path contains /app/', {
  timeout: 60_000,
}, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'check-'))
  const checkout = path.join(folder, 'app', 'checkout')
  cpSync('.', checkout, { recursive: true, filter: (file) => !NOT_SOURCES.includes(file) })
  const biome = path.resolve('node_modules/.bin/biome')
  const { status, stdout, stderr } = spawnSync(biome, ['check', '--error-on-warnings', '.'], {
    cwd: checkout,
    encoding: 'utf8',
  })
  rmSync(folder, { recursive: true })
  expect([status, status === 0 ? '' : stdout + stderr]).toEqual([0, ''])
})
