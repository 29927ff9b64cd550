import { hashSecret } from '@/lib/platform/crypto'
import { db, type Tx } from '@/lib/platform/db'
import type { Purpose } from '@/prisma/client/enums'
import type { ChallengeModel } from '@/prisma/client/models'
import { hashesOf } from './code'
import { live } from './store'

/** Separates the id of an earlier challenge from the hash of its code, which is bound to that id. */
const OF = '.'

type Beginning = {
  /** The secret of the challenge that the browser began before. No challenge has an empty one. */
  earlierSecret?: string | undefined
  purpose: Purpose
  rateLimitKey: string
  now: Date
}

/**
 * Closes the open challenge that the browser of a request began before, and returns the hashes of
 * its codes, each with the id of that challenge. So the new challenge recognises them as older
 * codes. A challenge for another identifier gives none: attempts at its codes count elsewhere. One
 * statement, with and without an earlier challenge, for an account and a decoy alike.
 */
export async function supersedeEarlier(
  tx: Tx,
  { earlierSecret = '', purpose, rateLimitKey, now }: Beginning,
): Promise<string[]> {
  const closed = await tx.challenge.updateManyAndReturn({
    where: { secretHash: hashSecret(earlierSecret), purpose, passedAt: null, ...live(now) },
    data: { closedAt: now },
    select: { id: true, rateLimitKey: true, codeHash: true, supersededHashes: true },
  })
  return closed
    .filter((earlier) => earlier.rateLimitKey === rateLimitKey)
    .flatMap(({ id, codeHash, supersededHashes }) =>
      [...supersededHashes, codeHash].map((hash) => (hash.includes(OF) ? hash : id + OF + hash)),
    )
}

/**
 * Whether a newer code has replaced this one, in this challenge or when it was begun again. True
 * once for each code; its attempt is given back to the challenge.
 */
export async function takeSuperseded(challenge: ChallengeModel, code: string): Promise<boolean> {
  const hashes = [
    ...hashesOf(challenge.id, code),
    ...earlierIds(challenge).flatMap((id) => hashesOf(id, code).map((hash) => id + OF + hash)),
  ]
  const taken = await db().$executeRaw`
    update "Challenge" set
      "supersededHashes" = array(select unnest("supersededHashes") except select unnest(${hashes}::text[])),
      attempts = attempts - 1
    where id = ${challenge.id}::uuid and "supersededHashes" && ${hashes}::text[]`
  return taken === 1
}

function earlierIds({ supersededHashes }: ChallengeModel) {
  const ids = supersededHashes.map((hash) => hash.split(OF)).filter(({ length }) => length === 2)
  return [...new Set(ids.flatMap(([id]) => id ?? []))]
}
