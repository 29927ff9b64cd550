import type { ChildProcess } from 'node:child_process'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { reset } from '../http/flows'
import { newClient } from '../support/client'
import { OTHER_PASSWORD, walkLogin, walkRegistration } from '../support/customers'
import { findPort } from '../support/product'
import { startOwnProduct } from '../support/running'
import { ask, type Pooler, startPooler, WEB } from './pgbouncer'
import { besideProduct, linesOf, runCommand, startProcess, stopProcess } from './processes'

/** More than the pooler has sessions, so that each transaction may get another one. */
const CUSTOMERS = 6
/** A first check on a busy machine may take longer than its two seconds. */
const PATIENCE = { timeout: 20_000, interval: 500 }

startOwnProduct()
/** A web process that reaches the product's database through PgBouncer alone. */
let web: ChildProcess
let base = ''
let direct = ''
let pooler: Pooler
let env: NodeJS.ProcessEnv

beforeAll(async () => {
  direct = besideProduct({}).DATABASE_URL ?? ''
  pooler = await startPooler(direct)
  const port = String(await findPort())
  base = `http://localhost:${port}`
  const urls = { DATABASE_URL: pooler.url, DATABASE_DIRECT_URL: direct }
  env = besideProduct({ ...urls, PORT: port, APP_ORIGIN: base })
  web = await startProcess('web', { env })
})

afterAll(async () => {
  if (web) expect(await stopProcess(web)).toBe(0)
  await pooler?.stop()
})

const consoleOf = ({ url }: Pooler) => Object.assign(new URL(url), { pathname: '/pgbouncer' }).href

const clientsOfPooler = async () =>
  (await ask(consoleOf(pooler), 'SHOW CLIENTS')).map(({ application_name: name }) => name)

const clientsOfServer = async () =>
  (await ask(direct, 'SELECT application_name AS name FROM pg_stat_activity')).map(
    ({ name }) => name,
  )

async function readyz(origin: string) {
  const answer = await fetch(`${origin}/readyz`)
  return [answer.status, await answer.text()]
}

async function walk() {
  const customer = await walkRegistration(undefined, newClient({ base }))
  await walkLogin(customer, newClient({ base }))
  expect((await reset(customer, OTHER_PASSWORD, newClient({ base }))).status).toBe(303)
  return walkLogin({ ...customer, password: OTHER_PASSWORD }, newClient({ base }))
}

it('customers register, log in and reset at the same time through PgBouncer in transaction mode', async () => {
  await vi.waitFor(async () => expect(await readyz(base)).toEqual([200, 'ready\n']), PATIENCE)
  const walks = await Promise.all(Array.from({ length: CUSTOMERS }, walk))
  expect(walks).toHaveLength(CUSTOMERS)
  const [first] = walks
  expect((await first?.open('/profile/devices'))?.status).toBe(200)
})

it('the migration uses the direct connection', async () => {
  expect(await runCommand('migrate', { env })).toContain('"applied":[]')
})

it('the worker leaves out the pooler, and ends well', async () => {
  const PGAPPNAME = 'worker of this test'
  const worker = await startProcess('worker', { env: { ...env, PGAPPNAME } })
  expect(await clientsOfPooler()).toContain('recovery-account web')
  expect(await clientsOfPooler()).not.toContain(PGAPPNAME)
  expect(await clientsOfServer()).toContain(PGAPPNAME)
  expect(await stopProcess(worker)).toBe(0)
})

it('web says once, and in its readiness, that the role has no time limit', async () => {
  await ask(direct, `alter role ${WEB} reset lock_timeout`)
  await ask(consoleOf(pooler), 'RECONNECT')
  const port = String(await findPort())
  const other = await startProcess('web', { env: { ...env, PORT: port } })
  try {
    const words = 'ready, but the database role has no lock_timeout\n'
    await vi.waitFor(
      async () => expect(await readyz(`http://localhost:${port}`)).toEqual([200, words]),
      PATIENCE,
    )
    expect(linesOf(other, 'database_limits_missing')).toEqual([
      expect.objectContaining({ level: 50, missing: ['lock_timeout'] }),
    ])
  } finally {
    expect(await stopProcess(other)).toBe(0)
    await ask(direct, `alter role ${WEB} set lock_timeout = '5s'`)
    await ask(consoleOf(pooler), 'RECONNECT')
  }
})

it('a process with a setting of the session for the pooler does not start', async () => {
  const settings = { env: { ...env, DATABASE_URL: `${pooler.url}?options=-c%20jit%3Doff` } }
  await expect(startProcess('web', settings)).rejects.toThrow('DATABASE_URL: must not set options')
})
