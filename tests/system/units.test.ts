import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newFolder } from '../support/environment'
import { named } from './packages'

const run = promisify(execFile)
const FOLDER = 'deploy/systemd'
/** In tenths of the exposure level of systemd, from 0 to 100: below 2.0 is "OK", the second best. */
const MOST_EXPOSED = 20

const folder = newFolder('units')
const units = readdirSync(FOLDER)
  .map((name) => path.join(folder, name))
  .sort()

beforeAll(() => {
  for (const unit of units) {
    const text = readFileSync(path.join(FOLDER, path.basename(unit)), 'utf8')
    writeFileSync(unit, text.replace('/usr/bin/node', process.execPath))
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

it('systemd accepts the units without a warning', async () => {
  const args = ['verify', '--man=no', ...units]
  const { stdout, stderr } = await run('systemd-analyze', args).catch(named('systemd'))
  expect([units.length, stdout, stderr]).toEqual([3, '', ''])
})

it.each(units)('%s exposes little of the host', async (unit) => {
  const args = ['security', '--offline=yes', `--threshold=${MOST_EXPOSED}`, '--no-pager', unit]
  const { stdout } = await run('systemd-analyze', args).catch(named('systemd'))
  expect(stdout).toContain('Overall exposure level')
})
