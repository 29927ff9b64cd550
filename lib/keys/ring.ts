import { randomBytes } from 'node:crypto'
import { pool } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { faultOf, RINGS, type Ring, readKeyUses } from '@/lib/platform/key-use'
import { countKeyUses, type KeyUse } from './uses'

const KEY_BYTES = 32

/**
 * A key may be retired so long after a process last recorded that it writes with it: longer than any
 * connection, and than the tickets of proofs that it encrypted (20 minutes).
 */
const RETIRED_AFTER_MINUTES = 30

const DELETE = `DELETE FROM "KeyUse" WHERE ring = $1 AND "keyId" = $2
  AND ("seenAt" IS NULL OR "seenAt" < now() - make_interval(mins => ${RETIRED_AFTER_MINUTES}))`

/** Generates an entry `id:base64` for a ring. Its id is the next free number: k1, k2, … */
export async function newKey(ring: Ring): Promise<string> {
  const used = await readKeyUses(pool())
  const ids = [...env()[ring].map(({ id }) => id), ...used.map(({ keyId }) => keyId)]
  const numbers = ids.map((id) => Number(/^k(\d{1,6})$/.exec(id)?.[1] ?? 0))
  return `k${Math.max(...numbers) + 1}:${randomBytes(KEY_BYTES).toString('base64')}`
}

/**
 * A key of a ring. `current` and `older` ones are in this process; a `lacking` one is used by stored
 * rows, and this process lacks it or has another one of that id.
 */
export type ListedKey = {
  ring: Ring
  keyId: string | null
  state: 'current' | 'older' | 'lacking' | 'unrecorded'
  /** When a process that writes with it last opened a connection. */
  seenAt: Date | null
  uses: KeyUse[]
}

/**
 * Lists the keys of every ring with the rows that need each. The key with the id null stands for
 * rows of a version that did not record it.
 */
export async function listKeys(now: Date): Promise<ListedKey[]> {
  const [recorded, uses] = [await readKeyUses(pool()), await countKeyUses(now)]
  return RINGS.flatMap((ring) => {
    const present = env()[ring].map(({ id }) => id)
    const mine = uses.filter((use) => use.ring === ring)
    const known = recorded.filter((use) => use.ring === ring)
    const ids = [...present, ...known.map(({ keyId }) => keyId), ...mine.map(({ keyId }) => keyId)]
    return [...new Set(ids)].map((keyId) => {
      const record = known.find((use) => use.keyId === keyId)
      const isUsable = present.some((id) => id === keyId) && !(record && faultOf(record))
      const state = keyId === present[0] ? 'current' : 'older'
      return {
        ring,
        keyId,
        state: isUsable ? state : keyId === null ? 'unrecorded' : 'lacking',
        seenAt: record?.seenAt ?? null,
        uses: mine.filter((use) => use.keyId === keyId),
      } as const
    })
  })
}

/** Why a key is not retired, with the rows that need it. */
export type RetireOutcome =
  | { ok: true }
  | { ok: false; refusal: 'current' | 'not_in_use' | 'in_use'; uses: [] }
  | { ok: false; refusal: 'needed' | 'verify_only'; uses: KeyUse[] }

/**
 * Deletes the record of a key that nothing needs any more, so that the key can be removed from the
 * environment: `/readyz` no longer asks for it. Refused: `current` for the key of new rows;
 * `not_in_use` without a record; `needed` while rows under it can be rewritten or will expire;
 * `verify_only` when all rows under it must keep their hash; `in_use` when a process wrote with it
 * within 30 minutes.
 */
export async function retireKey(ring: Ring, keyId: string, now: Date): Promise<RetireOutcome> {
  if (env()[ring][0].id === keyId) return { ok: false, refusal: 'current', uses: [] }
  const uses = (await countKeyUses(now)).filter(
    (use) => use.ring === ring && (use.keyId === keyId || use.keyId === null),
  )
  if (uses.length > 0) {
    const isVerifyOnly = uses.every(({ remedy }) => remedy === 'verify_only')
    return { ok: false, refusal: isVerifyOnly ? 'verify_only' : 'needed', uses }
  }
  const recorded = await readKeyUses(pool())
  if (!recorded.some((use) => use.ring === ring && use.keyId === keyId))
    return { ok: false, refusal: 'not_in_use', uses: [] }
  const { rowCount } = await pool().query(DELETE, [ring, keyId])
  return rowCount === 1 ? { ok: true } : { ok: false, refusal: 'in_use', uses: [] }
}
