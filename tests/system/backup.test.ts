import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { changePassword, logIn } from '@/lib/accounts'
import { requestRecoveryAddress } from '@/lib/contacts'
import { isUnclosedRestore } from '@/lib/platform/database-identity'
import { closeDb, pool } from '@/lib/platform/db'
import { logTo } from '@/lib/platform/log'
import {
  type Account,
  callerOf,
  expectDone,
  makeRecoverable,
  newOrigin,
  newPhone,
  OTHER_PASSWORD,
  PASSWORD,
} from '../support/accounts'
import { newClient } from '../support/client'
import { embed, newFolder } from '../support/environment'
import { textOf } from '../support/html'
import { findPort } from '../support/product'
import { type DebianPostgres, startDebianPostgres } from './debian-postgres'
import { productionOf, runCommand, startProcess, stopProcess } from './processes'

/** It starts ten processes. */
const TEST_MS = 240_000
const PATIENCE = { timeout: 15_000, interval: 100 }
const [EMPTY, BEFORE, AFTER] = ['postgres', 'before', 'after']

let server: DebianPostgres
let secrets: Record<string, string>
let web: ChildProcess | undefined
let base = ''
const folder = newFolder('backup')
const dump = path.join(folder, 'recovery-account.dump')
const log = path.join(folder, 'log')

/** The steps of docs/operations.md, "Back up" and "Restore". */
async function backUp() {
  await server.program('pg_dump', '--format=custom', `--file=${dump}`, server.urlOf(BEFORE))
}
async function restore() {
  await server.program('psql', server.urlOf(EMPTY), '-c', `create database ${AFTER}`)
  const target = `--dbname=${server.urlOf(AFTER)}`
  await server.program('pg_restore', '--exit-on-error', '--no-owner', target, dump)
}

const restored = (given: Record<string, string> = {}) => ({
  env: productionOf({ ...secrets, DATABASE_URL: server.urlOf(AFTER), ...given }),
})

beforeAll(async () => {
  server = await startDebianPostgres()
  await server.program('psql', server.urlOf(EMPTY), '-c', `create database ${BEFORE}`)
  const dataDir = embed(server.urlOf(BEFORE))
  secrets = JSON.parse(readFileSync(path.join(dataDir, 'embedded.json'), 'utf8'))
  await runCommand('migrate', { env: productionOf(secrets) })
})

async function stopWeb() {
  if (web) expect(await stopProcess(web)).toBe(0)
  web = undefined
}

afterAll(async () => {
  await stopWeb()
  await closeDb()
  await server?.stop()
  rmSync(folder, { recursive: true })
})

/** Starts web on the restored database. On a busy machine a first check may take longer than its 2 s. */
async function startWeb(readiness: string) {
  const port = String(await findPort())
  base = `http://localhost:${port}`
  web = await startProcess('web', restored({ PORT: port, APP_ORIGIN: base }))
  const readyz = async () => (await fetch(`${base}/readyz`)).text()
  await vi.waitFor(async () => expect(await readyz()).toBe(`${readiness}\n`), PATIENCE)
}

/** Answers the log-in form of the restored product. */
const logInAs = ({ email }: Account, password: string) =>
  newClient({ base }).send('/login', 'Masuk', { identifier: email.value, password })

/** Rows that a customer, or a worker, could still use. */
async function liveRows() {
  const live = `select
    (select count(*)::int from "Session" where "revokedAt" is null) as sessions,
    (select count(*)::int from "KnownDevice" where "revokedAt" is null) as devices,
    (select count(*)::int from "Challenge" where "spentAt" is null and "closedAt" is null and "expiresAt" > now()) as codes,
    (select count(*)::int from "SecureLink" where "usedAt" is null and "expiresAt" > now()) as links,
    (select count(*)::int from "Message" where "sentAt" is null and "failedAt" is null) as messages`
  return JSON.parse(
    await server.program(
      'psql',
      server.urlOf(AFTER),
      '-tAc',
      `select row_to_json(live) from (${live}) live`,
    ),
  )
}

/** What the product logs while `work` runs, as the operator collects it. */
async function logOf(work: () => Promise<unknown>) {
  const lines: string[] = []
  const before = logTo({ write: (line) => void lines.push(line) })
  await work()
  logTo(before)
  writeFileSync(log, lines.join(''))
}

it('a restored backup with its keys serves the customers, and what ended stays ended', {
  timeout: TEST_MS,
}, async () => {
  const [quiet, changed] = [await makeRecoverable(), await makeRecoverable()]
  await isUnclosedRestore(pool())
  const now = new Date()
  const login = { identifier: changed.email.value, password: PASSWORD, origin: newOrigin(), now }
  await expectDone(logIn(login))
  await expectDone(requestRecoveryAddress(callerOf(changed, now), newPhone()))
  const takenAt = new Date().toISOString()
  await backUp()
  const change = { userId: changed.userId, current: PASSWORD, next: OTHER_PASSWORD }
  await logOf(() => expectDone(changePassword({ ...change, origin: newOrigin(), now: new Date() })))
  await closeDb()
  await server.program('psql', server.urlOf(EMPTY), '-c', `drop database ${BEFORE}`)
  await restore()

  expect(await runCommand('migrate', restored())).toContain('"applied":[]')
  expect(await runCommand('activity', restored(), 'verify')).toContain(' 0 fault(s)')
  const otherKeys = restored({ HASHING_KEYS: `h1:${randomBytes(32).toString('base64')}` })
  await expect(runCommand('activity', otherKeys, 'verify')).rejects.toMatchObject({ code: 1 })
  expect(await liveRows()).toMatchObject({ sessions: 1, devices: 1 })

  await startWeb('restore_not_closed')
  const close = () => runCommand('restored', restored(), takenAt, '--log', log)
  await expect(close()).rejects.toMatchObject({
    stderr: expect.stringContaining('Stop these processes first: recovery-account web'),
  })
  await stopWeb()
  await expect(runCommand('worker', restored())).rejects.toMatchObject({
    stdout: expect.stringContaining('npm run restored'),
  })
  const told = await close()
  expect(told).toContain('1 sessions ended')
  expect(told).toContain('1 accounts that need a code at their next log-in')
  await expect(close()).rejects.toMatchObject({ stderr: expect.stringContaining('closed before') })
  const none = { sessions: 0, devices: 0, codes: 0, links: 0, messages: 0 }
  expect(await liveRows()).toEqual(none)

  await startWeb('ready')
  expect((await logInAs(quiet, PASSWORD)).path).toBe('/profile')
  const refused = await logInAs(changed, PASSWORD)
  expect([refused.path, textOf(refused.html)]).toEqual([
    '/login',
    expect.stringContaining('Demi keamanan, buat kata sandi baru'),
  ])
})
