import type pg from 'pg'
import * as z from 'zod'
import { fingerprintOf } from './crypto'
import { env } from './env'

/** The variables that hold several keys. The first one of each is the current one. */
export const RINGS = ['SEALING_KEYS', 'HASHING_KEYS', 'AUTH_SECRET'] as const
export type Ring = (typeof RINGS)[number]

const FIND = 'SELECT ring, "keyId", fingerprint, "seenAt" FROM "KeyUse"'

const uses = z.array(
  z.object({
    ring: z.enum(RINGS),
    keyId: z.string(),
    fingerprint: z.string().nullable(),
    seenAt: z.date().nullable(),
  }),
)
/** `seenAt`: when a process that writes with it last opened a connection. */
export type KeyUse = z.output<typeof uses>[number]

/**
 * Names each key that stored rows may need and that this process does not have, such as
 * `SEALING_KEYS lacks k1`, or `SEALING_KEYS has another k1` when its bytes differ.
 */
export async function findKeyFaults(client: Pick<pg.ClientBase, 'query'>): Promise<string[]> {
  return (await readKeyUses(client)).flatMap((use) => {
    const fault = faultOf(use)
    return fault ? `${use.ring} ${fault} ${use.keyId}` : []
  })
}

/** Why this process cannot use a key that is in use; undefined when it can. */
export function faultOf({ ring, keyId, fingerprint }: KeyUse): 'lacks' | 'has another' | undefined {
  const key = env()[ring].find(({ id }) => id === keyId)
  if (!key) return 'lacks'
  const isOther = fingerprint !== null && fingerprint !== fingerprintOf(key)
  return isOther ? 'has another' : undefined
}

/** Every key that stored rows or cookies may need. */
export async function readKeyUses(client: Pick<pg.ClientBase, 'query'>): Promise<KeyUse[]> {
  return uses.parse((await client.query(FIND)).rows)
}
