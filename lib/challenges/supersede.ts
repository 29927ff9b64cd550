import type { Tx } from '@/lib/platform/db'
import { run } from '@/lib/platform/sql'
import { type AnyTx, runIn, statement } from '@/lib/platform/statement'
import type { Prisma } from '@/prisma/client/client'
import type { Purpose } from '@/prisma/client/enums'
import type { ChallengeModel } from '@/prisma/client/models'
import { hashesOf } from './code'
import { CHALLENGE } from './store'

/** Separates the id of an earlier challenge from the hash of its code, which is bound to that id. */
const OF = '.'

type Beginning = { purpose: Purpose; rateLimitKeys: readonly string[]; now: Date }

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
  { purpose, rateLimitKeys, now }: Beginning,
  release: { secretHash?: null } = {},
): Promise<string[]> {
  const closed = await tx.challenge.updateManyAndReturn({
    where: earlier,
    data: { ...release, closedAt: now },
  })
  return hashesOfClosed(closed, { purpose, rateLimitKeys, now })
}

/**
 * The same as `replaceEarlier` for the open challenge of a browser with this secret, on a path that
 * many requests take.
 */
export async function closeOfBrowser(
  tx: AnyTx,
  secretHash: string,
  beginning: Beginning,
): Promise<string[]> {
  const { purpose, now } = beginning
  return hashesOfClosed(await runIn(tx, CLOSE_OF_BROWSER, [secretHash, purpose, now]), beginning)
}

const CLOSE_OF_BROWSER = statement<ChallengeModel>(
  'close_challenge_of_browser',
  `update "Challenge" set "closedAt" = $3::timestamptz
  where "secretHash" = $1 and purpose = $2::"Purpose" and "passedAt" is null and "spentAt" is null
    and "closedAt" is null and "expiresAt" > $3::timestamptz
  returning ${CHALLENGE}`,
)

function hashesOfClosed(
  closed: readonly ChallengeModel[],
  { purpose, rateLimitKeys, now }: Beginning,
) {
  const isOpen = ({ passedAt, expiresAt }: ChallengeModel) => passedAt === null && expiresAt > now
  return closed
    .filter(
      (one) => one.purpose === purpose && rateLimitKeys.includes(one.rateLimitKey) && isOpen(one),
    )
    .flatMap(({ id, codeHash, supersededHashes }) =>
      [...supersededHashes, codeHash].map((hash) => (hash.includes(OF) ? hash : id + OF + hash)),
    )
}

/**
 * Whether a newer code has replaced this one, in this challenge or when it was begun again. True
 * once for each code; its attempt is given back to the challenge.
 */
export async function takeSuperseded(challenge: ChallengeModel, code: string): Promise<boolean> {
  // Whether a newer code was sent does not depend on the account.
  if (challenge.supersededHashes.length === 0) return false
  const hashes = [
    ...hashesOf(challenge.id, code),
    ...earlierIds(challenge).flatMap((id) => hashesOf(id, code).map((hash) => id + OF + hash)),
  ]
  return (await run(TAKE_SUPERSEDED, [challenge.id, hashes])).length === 1
}

const TAKE_SUPERSEDED = statement(
  'take_superseded',
  `update "Challenge" set attempts = attempts - 1,
    "supersededHashes" = array(select unnest("supersededHashes") except select unnest($2::text[]))
  where id = $1::uuid and "supersededHashes" && $2::text[] returning id`,
)

function earlierIds({ supersededHashes }: ChallengeModel) {
  const ids = supersededHashes.map((hash) => hash.split(OF)).filter(({ length }) => length === 2)
  return [...new Set(ids.flatMap(([id]) => id ?? []))]
}
