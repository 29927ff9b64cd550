import { createHash, randomInt, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** As many connections as one web process has. */
const CONNECTIONS = 20
const PAUSE_MS = 20

/** The slowest requests of a kind, and how many there were. */
export type Kind = { name: string; count: number; slowestMs: number; failed: number }

export type Requests = { kinds: Kind[]; stop(): Promise<void> }

/**
 * What web of the last release does in the database for a page, a log-in, a code and a reset, at a
 * steady rate, until it is stopped.
 */
export function startRequests(url: string, accounts: number): Requests {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS })
  pool.on('error', () => {})
  const kinds = Object.keys(FLOWS).map((name) => ({ name, count: 0, slowestMs: 0, failed: 0 }))
  let isOver = false
  const customer = async (kind: Kind) => {
    while (!isOver) {
      const start = performance.now()
      await request(pool, FLOWS[kind.name] ?? [], randomInt(1, accounts + 1)).catch(() => {
        kind.failed++
      })
      kind.count++
      kind.slowestMs = Math.max(kind.slowestMs, performance.now() - start)
      await sleep(PAUSE_MS)
    }
  }
  const customers = kinds.flatMap((kind) => [customer(kind), customer(kind)])
  return {
    kinds,
    async stop() {
      isOver = true
      await Promise.all(customers)
      await pool.end()
    },
  }
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** $1 is the session, $2 the blind index, $3 the secret of a challenge, $4 a new id, $5 a new hash. */
type Flow = readonly string[]

const USER = '(select "userId" from "Session" where id = $1)'
const SESSION = `select s.*, u.* from "Session" s join "User" u on u.id = s."userId" where s.id = $1`
const LOCK = `select "frozenAt" from "User" where id = ${USER} for no key update`
const MESSAGE = `insert into "Message" (id, channel, kind, "sealedTo", locale, "createdAt", "expiresAt")
  values ($4, 'sms', 'code.reset_password', 'k1.x', 'id', now(), now() + interval '10 minutes')`

const FLOWS: Record<string, Flow> = {
  page: [
    SESSION,
    `select * from "Address" where "userId" = ${USER} and "removedAt" is null`,
    `select sum(amount) from "PointsEntry" where "userId" = ${USER}`,
    `select * from "SecurityEvent" where "userId" = ${USER} order by at desc limit 20`,
  ],
  'log-in': [
    `select a.*, u.* from "Address" a join "User" u on u.id = a."userId" where a."blindIndex" = $2 and a."removedAt" is null`,
    LOCK,
    `insert into "Session" (id, "userId", "passwordVersion", "userAgent", ip, "createdAt", "lastSeenAt", "expiresAt")
     values ($5, ${USER}, 1, 'x', '192.0.2.1', now(), now(), now() + interval '30 days')`,
  ],
  code: [
    `update "Challenge" set attempts = least(attempts + 1, 5) where "secretHash" = $3 and purpose = 'reset_password'`,
    MESSAGE,
  ],
  reset: [
    LOCK,
    `update "User" set "passwordVersion" = "passwordVersion" + 1 where id = ${USER}`,
    `update "Session" set "revokedAt" = now() where "userId" = ${USER} and "revokedAt" is null and false`,
    `update "Address" set "reachedAt" = now() where "userId" = ${USER} and role = 'primary'`,
    `insert into "SecurityEvent" (id, "userId", type, at, ip, "userAgent", detail, reference, position)
     select $4, ${USER}, 'password_reset', now(), '192.0.2.1', 'x', '{}', upper(left($5, 16)),
       (select max(position) + 1 from "SecurityEvent" where "userId" = ${USER})`,
    MESSAGE,
  ],
}

async function request(pool: pg.Pool, flow: Flow, nth: number) {
  const values = [
    hashOf(`session${nth}`),
    hashOf(`phone${nth}`),
    hashOf(`secret${nth}`),
    randomUUID(),
    hashOf(randomUUID()),
  ]
  const client = await pool.connect()
  try {
    await client.query('begin')
    for (const statement of flow) await run(client, statement, values)
    await client.query('commit')
    client.release()
  } catch (error) {
    client.release(true)
    throw error
  }
}

/** PostgreSQL refuses values that a statement does not name, so they are written into it. */
const run = (client: pg.PoolClient, statement: string, values: readonly string[]) =>
  client.query(
    statement.replace(/\$(\d)/g, (_, nth) => pg.escapeLiteral(values[Number(nth) - 1] ?? '')),
  )
