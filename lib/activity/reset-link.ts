import { type AnyAddress, type HeldAddress, toHeld } from '@/lib/addresses'
import { hashSecret, newLinkToken } from '@/lib/platform/crypto'
import { db } from '@/lib/platform/db'
import { type AnyTx, sendIn, statement } from '@/lib/platform/statement'

const LIFETIME_MS = 3 * 24 * 60 * 60 * 1_000

/**
 * A live reset link: its account, the hash that its attempts are counted by, and the address that it
 * was sent to.
 */
export type ResetLink = { userId: string; tokenHash: string; address: AnyAddress }

/** A link for one address; no token for an unconfirmed address, which gets none. */
type NewLink = { token?: string; addressId: string; userId: string }

/** Makes a link that begins a reset for each confirmed address, in the order of `to`. */
export const makeResetLinks = (to: readonly HeldAddress[]): NewLink[] =>
  to.map(({ id, userId, confirmedAt }) => ({
    addressId: id,
    userId,
    ...(confirmedAt && { token: newLinkToken() }),
  }))

/** Writes links that begin a reset. Each replaces the earlier link of its address. */
export async function writeResetLinks(
  tx: AnyTx,
  links: readonly NewLink[],
  now: Date,
): Promise<void> {
  const rows = links.flatMap(({ token, addressId: id, userId }) =>
    token === undefined ? [] : [{ id, userId, hash: hashSecret(token) }],
  )
  const expiresAt = new Date(now.getTime() + LIFETIME_MS)
  await sendIn(tx, WRITE_RESET_LINKS, [JSON.stringify(rows), expiresAt])
}

const WRITE_RESET_LINKS = statement(
  'write_reset_links',
  `insert into "ResetLink" ("addressId", "tokenHash", "userId", "expiresAt")
  select link.id, link.hash, link."userId", $2::timestamptz
  from jsonb_to_recordset($1::jsonb) as link(id uuid, hash text, "userId" uuid)
  on conflict ("addressId") do update set
    "tokenHash" = excluded."tokenHash", "expiresAt" = excluded."expiresAt"`,
)

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
    include: { address: true },
  })
  return (
    link && {
      userId: link.userId,
      tokenHash: link.tokenHash,
      address: toHeld(link.address).address,
    }
  )
}

/** Closes every reset link of a user: the password was replaced, or the account was frozen. */
export async function closeResetLinks(tx: AnyTx, userId: string): Promise<void> {
  await sendIn(tx, CLOSE, [userId])
}

/** The statement of `closeResetLinks`, for a part of another one: `$1` is the user. */
export const CLOSE_RESET_LINKS = 'delete from "ResetLink" where "userId" = $1::uuid'

const CLOSE = statement('close_reset_links', CLOSE_RESET_LINKS)
