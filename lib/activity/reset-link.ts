import type { HeldAddress } from '@/lib/addresses'
import { hashSecret, newLinkToken } from '@/lib/platform/crypto'
import { db, type Tx } from '@/lib/platform/db'

const LIFETIME_MS = 3 * 24 * 60 * 60 * 1_000

/** The holder of a live reset link: the account, and the hash that its attempts are counted by. */
export type ResetLink = { userId: string; tokenHash: string; rateLimitKey: string }

/**
 * Writes a link that begins a reset for each confirmed address, which replaces the earlier link of
 * that address. Returns the tokens in the order of `to`, undefined for an unconfirmed address.
 */
export async function writeResetLinks(
  tx: Tx,
  to: readonly HeldAddress[],
  now: Date,
): Promise<(string | undefined)[]> {
  const tokens = to.map(({ confirmedAt }) => (confirmedAt ? newLinkToken() : undefined))
  const links = to.flatMap(({ id, userId }, nth) => {
    const token = tokens[nth]
    return token === undefined ? [] : [{ id, userId, hash: hashSecret(token) }]
  })
  await tx.$executeRaw`
    insert into "ResetLink" ("addressId", "tokenHash", "userId", "expiresAt")
    select link.id, link.hash, link."userId", ${new Date(now.getTime() + LIFETIME_MS)}
    from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as link(id uuid, hash text, "userId" uuid)
    on conflict ("addressId") do update set
      "tokenHash" = excluded."tokenHash", "expiresAt" = excluded."expiresAt"`
  return tokens
}

/**
 * Finds a live reset link; null when it is unknown, has expired or was replaced, its address was
 * removed, or the account is frozen. Reading changes nothing.
 */
export async function findResetLink(token: string, now: Date): Promise<ResetLink | null> {
  const link = await db().resetLink.findUnique({
    where: {
      tokenHash: hashSecret(token),
      expiresAt: { gt: now },
      address: { removedAt: null },
      user: { frozenAt: null },
    },
    include: { address: { select: { blindIndex: true } } },
  })
  return (
    link && {
      userId: link.userId,
      tokenHash: link.tokenHash,
      rateLimitKey: link.address.blindIndex,
    }
  )
}

/** Closes every reset link of a user: the password was replaced, or the account was frozen. */
export async function closeResetLinks(tx: Tx, userId: string): Promise<void> {
  await tx.resetLink.deleteMany({ where: { userId } })
}
