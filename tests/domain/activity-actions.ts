import { randomBytes } from 'node:crypto'
import { onTestFinished, vi } from 'vitest'
import { recordEvent, verifyActivity } from '@/lib/activity'
import { listAddresses } from '@/lib/addresses'
import { db, pool, type Tx, transaction } from '@/lib/platform/db'
import type { EventType } from '@/prisma/client/enums'
import { makeAccount, NOW, newOrigin } from '../support/accounts'

type Owner = { userId: string }

export const record = ({ userId }: Owner, type: EventType = 'password_changed', now = NOW) =>
  transaction(async (tx: Tx) => {
    const notify = await listAddresses(tx, userId)
    await recordEvent(tx, { userId, type, origin: newOrigin(), now, notify })
  })

/** An account whose activity has five rows. */
export async function makeActive() {
  const account = await makeAccount()
  for (const type of ['recovery_added', 'new_device', 'password_changed', 'session_ended'] as const)
    await record(account, type)
  return account
}

/** The activity of an owner, from its first row. */
export const rowsOf = ({ userId }: Owner) =>
  db().securityEvent.findMany({ where: { userId }, orderBy: { position: 'asc' } })

/** The faults that the verification finds in the activity of these owners, such as "missing 2". */
export async function faultsOf(...owners: Owner[]): Promise<string[]> {
  const { faults } = await verifyActivity(new Date())
  return owners.flatMap(({ userId }) =>
    faults
      .filter((found) => found.userId === userId)
      .map(({ fault, position }) => `${fault} ${position}`),
  )
}

/** Changes rows like the owner of the database, whom no trigger and no foreign key stops. */
export async function tamper(sql: string, values: unknown[] = []) {
  const client = await pool().connect()
  try {
    await client.query('begin')
    await client.query("set local session_replication_role = 'replica'")
    await client.query(sql, values)
    await client.query('commit')
  } finally {
    client.release(true)
  }
}

/** Makes rows look as before the digests, with this SQL expression as hash. */
export const asFormer = ({ userId }: Owner, hash: string) =>
  tamper(
    `update "SecurityEvent" set hash = ${hash}, "originDigest" = null, "originSalt" = null, "detailDigest" = null,
      "detailSalt" = null where "userId" = $1`,
    [userId],
  )

const newKey = (id: string) => `${id}:${randomBytes(32).toString('base64')}`

/** The product after a restart with these hashing keys. */
export async function restartUnder(keys: string) {
  vi.stubEnv('HASHING_KEYS', keys)
  vi.resetModules()
  const [actions, accounts] = await Promise.all([
    import('./activity-actions'),
    import('../support/accounts'),
  ])
  return { ...actions, ...accounts }
}

/** Two hashing keys. The environment is restored after the test. */
export function hashingKeys() {
  onTestFinished(() => {
    vi.unstubAllEnvs()
    vi.resetModules()
  })
  return { old: newKey('old'), current: newKey('new') }
}
