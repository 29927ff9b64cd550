import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import * as z from 'zod'
import { codeOf } from './command'
import { fingerprintOf } from './crypto'
import { env } from './env'
import { findKeyFaults, RINGS } from './key-use'
import type { KeyUser } from './key-user'

const UNDEFINED_TABLE = '42P01'
const UNDEFINED_COLUMN = '42703'
const READ_ONLY = '25006'

/** How often a process records which keys it has, while it opens connections. */
const TELL_EVERY_MS = 60_000

/** Longer than a process uses a connection (`lib/platform/pool.ts`): older rows are of ended ones. */
const HOLDS_FOR = '10 minutes'

const LOCK = `SELECT pg_advisory_xact_lock(hashtextextended('key-use', 0))`

const HOLD = `INSERT INTO "KeyHolder" ("processId", keys, "seenAt") VALUES ($1, $2, now())
  ON CONFLICT ("processId") DO UPDATE SET keys = excluded.keys, "seenAt" = excluded."seenAt"`
const LET_GO = 'DELETE FROM "KeyHolder" WHERE "processId" = $1'

const CURRENT = `SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) AS current(ring, "keyId", fingerprint)`

/**
 * Current keys that must not be used for writing. `another`: the database knows another key of that id.
 * `lacks`: it is new, and this process lacks one that stored rows need. `unknown`: it is new, and a
 * running process lacks it.
 */
const FIND_REFUSED = `WITH current AS (${CURRENT}), known AS (
    SELECT ring, "keyId", fingerprint, ring || ' ' || "keyId" || ' ' || coalesce(fingerprint, '') AS name FROM "KeyUse")
  SELECT current.ring, current."keyId", CASE
      WHEN used."keyId" IS NOT NULL THEN CASE WHEN used.fingerprint <> current.fingerprint THEN 'another' END
      WHEN EXISTS (SELECT FROM known WHERE known.ring = current.ring
        AND NOT EXISTS (SELECT FROM unnest($4::text[]) AS held(name)
          WHERE held.name = known.name OR known.fingerprint IS NULL AND starts_with(held.name, known.name))) THEN 'lacks'
      WHEN EXISTS (SELECT FROM "KeyHolder" WHERE "processId" <> $5 AND "seenAt" > now() - interval '${HOLDS_FOR}'
        AND NOT current.ring || ' ' || current."keyId" || ' ' || current.fingerprint = ANY (keys)) THEN 'unknown'
    END AS fault
  FROM current LEFT JOIN known AS used ON used.ring = current.ring AND used."keyId" = current."keyId"`

const RECORD = `INSERT INTO "KeyUse" (ring, "keyId", fingerprint, since, "seenAt")
  SELECT ring, "keyId", fingerprint, now(), now() FROM (${CURRENT}) AS used
  ON CONFLICT (ring, "keyId") DO UPDATE SET "seenAt" = excluded."seenAt"`

const answers = z.array(
  z.object({
    ring: z.enum(RINGS),
    keyId: z.string(),
    fault: z.enum(['another', 'lacks', 'unknown']).nullable(),
  }),
)
/** Thrown on every connection of a process whose current keys must not be used for writing. */
export type KeyRefusal = Error & { keyFaults: string[] }

export const isKeyRefusal = (error: unknown): error is KeyRefusal =>
  error instanceof Error && 'keyFaults' in error

/** Shared by the parts of a build, of which each has its own copy of this module. */
const store: typeof globalThis & { recoveryAccountRefusedKeys?: readonly string[] } = globalThis

/** Why this process was refused when it last asked to write with its keys; empty when it was not. */
export const refusedKeys = (): readonly string[] => store.recoveryAccountRefusedKeys ?? []

export type KeyRecorder = {
  /** For each new connection of a pool, before the first statement of the product. */
  record(client: pg.ClientBase): Promise<void>
  /** When the process ends: others no longer count with its keys. */
  letGo(client: Pick<pg.ClientBase, 'query'>): Promise<void>
}

/**
 * Records the current keys of this process before the first statement of the product, and again every
 * minute in which a connection is opened. Connections are used for five minutes at most. So no row can
 * need a key that `KeyUse` does not list, and no process writes with a key that was last seen earlier.
 *
 * A key that is not listed yet is used only when every running process has it: a process with a wrong
 * key would otherwise write what the others cannot read. Such a process gets no connection
 * (`KeyRefusal`), the others go on, and its next connection asks again. In a database that is not
 * migrated or read-only, nothing is recorded, and nothing can be written with a key. Nor does a
 * reader record anything: PostgreSQL refuses its writes (`lib/platform/pool.ts`).
 */
export function createKeyRecorder(user: KeyUser): KeyRecorder {
  const processId = randomUUID()
  let recordedAt = Number.NEGATIVE_INFINITY
  let isHolder = false
  return {
    async record(client) {
      const startedAt = performance.now()
      if (user === 'reader' || startedAt - recordedAt < TELL_EVERY_MS) return
      const faults = await recordKeys(client, processId, user)
      store.recoveryAccountRefusedKeys = faults ?? []
      if (faults === undefined) return
      if (faults.length > 0) throw refusalOf(faults)
      recordedAt = startedAt
      isHolder = user === 'service'
    },
    async letGo(client) {
      if (isHolder) await client.query(LET_GO, [processId])
    },
  }
}

/** The faults; without one the keys are recorded. Undefined when nothing can be recorded. */
async function recordKeys(client: pg.ClientBase, processId: string, user: KeyUser) {
  const [current, held] = [currentKeys(), heldKeys()]
  try {
    await client.query('BEGIN')
    // Of two processes that start with different new keys, the second one sees the first one's.
    await client.query(LOCK)
    const { rows } = await client.query(FIND_REFUSED, [...current, held, processId])
    const faults = await describeFaults(client, answers.parse(rows))
    if (faults.length === 0) {
      if (user === 'service') await client.query(HOLD, [processId, held])
      await client.query(RECORD, current)
    }
    await client.query('COMMIT')
    return faults
  } catch (error) {
    await client.query('ROLLBACK')
    if (isExpected(error)) return undefined
    throw error
  }
}

/** A key that is missing here is named; of a new one that others lack there is no more to say. */
async function describeFaults(client: pg.ClientBase, found: z.output<typeof answers>) {
  const unknown = found.flatMap(({ ring, keyId, fault }) =>
    fault === 'unknown' ? [`${ring} ${keyId} is new, and a running process does not have it`] : [],
  )
  const isForeign = found.some(({ fault }) => fault === 'lacks' || fault === 'another')
  return isForeign ? [...(await findKeyFaults(client)), ...unknown] : unknown
}

const refusalOf = (faults: string[]): KeyRefusal =>
  Object.assign(new Error(faults.join('; ')), { name: 'KeyRefusal', keyFaults: faults })

/** The columns of the current keys. */
function currentKeys() {
  const current = RINGS.map((ring) => ({ ring, key: env()[ring][0] }))
  return [
    current.map(({ ring }) => ring),
    current.map(({ key }) => key.id),
    current.map(({ key }) => fingerprintOf(key)),
  ]
}

/** Every key of every ring, as `ring id fingerprint`. */
const heldKeys = () =>
  RINGS.flatMap((ring) => env()[ring].map((key) => `${ring} ${key.id} ${fingerprintOf(key)}`))

const isExpected = (error: unknown) =>
  [UNDEFINED_TABLE, UNDEFINED_COLUMN, READ_ONLY].includes(codeOf(error) ?? '')
