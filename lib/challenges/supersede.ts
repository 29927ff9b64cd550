import { db, type Tx } from '@/lib/platform/db'
import type { Prisma } from '@/prisma/client/client'
import type { Purpose } from '@/prisma/client/enums'
import type { ChallengeModel } from '@/prisma/client/models'
import { hashesOf } from './code'

/** Separates the id of an earlier challenge from the hash of its code, which is bound to that id. */
const OF = '.'

type Beginning = { purpose: Purpose; rateLimitKey: string; now: Date }

/**
 * Closes the earlier challenges that a new one replaces, and returns the hashes of their codes, each
 * with the id of its challenge. So the new challenge recognises them as older codes. A challenge for
 * another identifier gives none: attempts at its codes count elsewhere. An expired one gives none,
 * so that they do not pile up. One statement, with and without an earlier challenge, for an account
 * and a decoy alike. `release` takes their secret, which the new challenge gets.
 */
export async function replaceEarlier(
  tx: Tx,
  earlier: Prisma.ChallengeWhereInput,
  { purpose, rateLimitKey, now }: Beginning,
  release: { secretHash?: null } = {},
): Promise<string[]> {
  const closed = await tx.challenge.updateManyAndReturn({
    where: earlier,
    data: { ...release, closedAt: now },
  })
  const isOpen = ({ passedAt, expiresAt }: ChallengeModel) => passedAt === null && expiresAt > now
  return closed
    .filter((one) => one.purpose === purpose && one.rateLimitKey === rateLimitKey && isOpen(one))
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
