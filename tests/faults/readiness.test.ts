import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { closeDb, db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { environmentOf } from '../support/provider-environment'

const keyOf = (id: string) => `${id}:${randomBytes(32).toString('base64')}`
const { DATABASE_URL } = env()
const database = new URL(DATABASE_URL).pathname.slice(1)

async function onDatabase<Value>(work: (client: pg.Client) => Promise<Value>) {
  const options = '-c default_transaction_read_only=off'
  const client = new pg.Client({ connectionString: DATABASE_URL, options })
  await client.connect()
  return work(client).finally(() => client.end())
}

const run = (sql: string) => onDatabase((client) => client.query(sql))

/** The log of the processes of a test. */
let written: string[] = []

/** What `/readyz` answers in a process that starts now, with these variables. */
async function readyz(variables: Record<string, string> = {}) {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
  vi.resetModules()
  await closeDb()
  const [{ GET }, { logTo }] = await Promise.all([
    import('@/app/readyz/route'),
    import('@/lib/platform/log'),
  ])
  logTo({ write: (line) => void written.push(line) })
  const response = await GET()
  return `${response.status} ${(await response.text()).trim()}`
}

/** On a busy machine, a first check may take longer than its two seconds. */
const untilReadyz = (answer: string, variables?: Record<string, string>) =>
  vi.waitFor(async () => expect(await readyz(variables)).toBe(answer), {
    timeout: 15_000,
    interval: 100,
  })

const usedKeys = async () =>
  (await db().keyUse.findMany({ orderBy: [{ ring: 'asc' }, { keyId: 'asc' }] })).map(
    ({ ring, keyId }) => `${ring} ${keyId}`,
  )

beforeEach(async () => {
  written = []
  await run('delete from "KeyUse"')
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await run(`alter database ${database} reset all`)
  await closeDb()
})

describe('/readyz', () => {
  it('answers 200 when the database takes a write', async () => {
    await untilReadyz('200 ready')
    expect(await db().readinessCheck.count()).toBeGreaterThan(0)
  })

  it('names the time limits that the role of a pooler lacks, and logs them once', async () => {
    const missing = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']
    const words = missing.map((name) => `the database role has no ${name}`).join(', ')
    const secrets = readFileSync(path.join(process.env.DATA_DIR ?? '', 'embedded.json'), 'utf8')
    const pooled = {
      ...JSON.parse(secrets),
      ...environmentOf('http://127.0.0.1:9'),
      APP_ORIGIN: 'https://akun.toko.example',
      DATABASE_DIRECT_URL: DATABASE_URL,
    }
    await untilReadyz(`200 ready, but ${words}`, pooled)
    await run(`alter database ${database} set statement_timeout = '7s'`)
    await run(`alter database ${database} set lock_timeout = '5s'`)
    await run(`alter database ${database} set idle_in_transaction_session_timeout = '10s'`)
    await untilReadyz('200 ready', pooled)
    expect(written.join('').match(/database_limits_missing/g)).toHaveLength(1)
  })

  it('answers 503 when the database is read-only', async () => {
    await run(`alter database ${database} set default_transaction_read_only = on`)
    await untilReadyz('503 database_read_only')
  })

  it('answers 503 when the disk has no room for a file', async () => {
    await run(`alter database ${database} set temp_file_limit = '200kB'`)
    await untilReadyz('503 database_disk_full')
  })

  it('answers 503 while a write does not end', async () => {
    await onDatabase(async (client) => {
      await client.query('begin; lock table "ReadinessCheck" in exclusive mode')
      await untilReadyz('503 database_unreachable')
    })
    await untilReadyz('200 ready')
  })

  it('answers 503 and names a key that stored rows may need and the process lacks', async () => {
    const [old, now] = [keyOf('old'), keyOf('now')]
    await untilReadyz('200 ready', { SEALING_KEYS: old })
    await untilReadyz('503 SEALING_KEYS lacks old', { SEALING_KEYS: now })
    await untilReadyz('200 ready', { SEALING_KEYS: `${now},${old}` })
  })

  it('answers 503 and names a key whose bytes are not those of the key of stored rows', async () => {
    await untilReadyz('200 ready', { HASHING_KEYS: keyOf('k1') })
    await untilReadyz('503 HASHING_KEYS has another k1', { HASHING_KEYS: keyOf('k1') })
  })
})

it('a process records its current keys before its first statement, and records them once', async () => {
  vi.stubEnv('SEALING_KEYS', `${keyOf('new')},${keyOf('old')}`)
  vi.stubEnv('HASHING_KEYS', keyOf('k2'))
  vi.resetModules()
  await closeDb()
  const platform = await import('@/lib/platform/db')
  await Promise.all(Array.from({ length: 10 }, () => platform.db().user.count()))
  expect(await usedKeys()).toEqual(['AUTH_SECRET k1', 'HASHING_KEYS k2', 'SEALING_KEYS new'])
})
