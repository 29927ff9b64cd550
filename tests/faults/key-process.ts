import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import type { QueryResultRow } from 'pg'
import { vi } from 'vitest'
import { closeDb } from '@/lib/platform/db'
import type { Ring } from '@/lib/platform/key-use'

export const newKey = (id: string) => `${id}:${randomBytes(32).toString('base64')}`

/** The product in a process that starts with these rings. */
export async function startUnder(rings: Partial<Record<Ring, string>>) {
  for (const [name, value] of Object.entries(rings)) vi.stubEnv(name, value)
  vi.resetModules()
  await closeDb()
  const { logTo } = await import('@/lib/platform/log')
  logTo({ write: () => {} })
  return {
    accounts: await import('../support/accounts'),
    addresses: await import('@/lib/addresses'),
    activity: await import('@/lib/activity'),
    challenges: await import('@/lib/challenges'),
    inbox: await import('@/lib/messaging/providers/inbox'),
    keys: await import('@/lib/keys'),
    outbox: await import('../support/outbox'),
    platform: await import('@/lib/platform/db'),
    recovery: await import('@/lib/recovery'),
    resets: await import('../domain/reset-actions'),
  }
}

export type Started = Awaited<ReturnType<typeof startUnder>>

/** Every ring with keys of these ids: no key is in two rings. */
export const allRings = (keys: string) => ({
  SEALING_KEYS: keys,
  HASHING_KEYS: keys.split(',').map(toOther).join(),
  AUTH_SECRET: keys,
})

/** Another key with the same id. */
function toOther(entry: string) {
  const [id, encoded = ''] = entry.split(':')
  return `${id}:${createHash('sha256').update(encoded).digest('base64')}`
}

/** Runs an operator's command with the rings of this process. A command that fails is an answer, too. */
export const command = (...args: string[]): Promise<{ code: number; text: string }> =>
  promisify(execFile)(process.execPath, ['server/run.mjs', ...args]).then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    ({ code, stdout, stderr }) => ({ code, text: stdout + stderr }),
  )

/**
 * Runs SQL on a connection of the process that was started last: another one would record keys of
 * its own as used.
 */
export async function query<Row extends QueryResultRow>(sql: string, values: unknown[] = []) {
  const { pool } = await import('@/lib/platform/db')
  return pool().query<Row>(sql, values)
}

/** Encrypted values of every column, by the id of their key. */
export async function sealedUnder(): Promise<string[]> {
  const { rows } = await query<{ id: string }>(`
    select distinct split_part(value, '.', 1) as id from (
      select sealed as value from "Address"
      union all select "sealedRecipients" from "Challenge" union all select "sealedPayload" from "Challenge"
      union all select "sealedTo" from "Message" union all select "sealedBody" from "Message"
      union all select sealed from "InboxMessage") as stored
    where value is not null order by 1`)
  return rows.map(({ id }) => id)
}

/** The keys that the process which was started last lacks. */
export const keyFaults = async () => {
  const [{ findKeyFaults }, { pool }] = [
    await import('@/lib/platform/key-use'),
    await import('@/lib/platform/db'),
  ]
  return findKeyFaults(pool())
}

/** Lets the last use of every key be so long ago. */
export const ageUses = (minutes: number) =>
  query(`update "KeyUse" set "seenAt" = now() - make_interval(mins => $1)`, [minutes])
