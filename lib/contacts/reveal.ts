import { type Caller, refuseRestricted, refuseWrongPassword } from '@/lib/accounts'
import { recordEvent } from '@/lib/activity'
import { type Consent, formatAddress, listAddresses } from '@/lib/addresses'
import { db, lockUser, transaction } from '@/lib/platform/db'
import { done, type Refused, type Result, refuse } from '@/lib/platform/result'
import { makeTicket } from '@/lib/platform/session-ticket'
import type { AddressSlot } from './slot'

/** A log-in that is younger proves enough: its password was typed just now. */
const FRESH_LOGIN_MS = 10 * 60 * 1_000

type SignedIn = Caller & { sessionId: string }

type RevealRefusal =
  | 'account_restricted'
  | 'password_missing'
  | 'password_wrong'
  | 'password_throttled'
  | 'challenge_gone'

/**
 * Permits the session to see the addresses of its account in full, for ten minutes, and records that
 * in the activity, without a notification. Needs the password, unless the log-in is younger than ten
 * minutes. Returns the ticket for the browser's cookie.
 * Refused: `account_restricted` and `password_throttled` with seconds, `password_missing` when one is
 * needed, `password_wrong`, `challenge_gone` when the account was frozen or the password replaced
 * meanwhile.
 */
export async function permitReveal(
  caller: SignedIn,
  password?: string,
): Promise<Result<{ ticket: string }, RevealRefusal>> {
  const { userId, sessionId, origin, now } = caller
  const restricted = await refuseRestricted(db(), userId, now)
  if (restricted) return restricted
  const user = await db().user.findUniqueOrThrow({ where: { id: userId } })
  const refusal =
    password === undefined
      ? await refuseOldLogin(caller)
      : await refuseWrongPassword(user, password, origin, now)
  if (refusal) return refusal
  return transaction(async (tx) => {
    const { isFrozen } = await lockUser(tx, userId)
    const { passwordVersion } = await tx.user.findUniqueOrThrow({ where: { id: userId } })
    if (isFrozen || passwordVersion !== user.passwordVersion) return refuse('challenge_gone')
    const again = await refuseRestricted(tx, userId, now)
    if (again) return again
    await recordEvent(tx, { userId, type: 'addresses_shown', origin, now, notify: [] })
    return done({ ticket: makeTicket('addresses', sessionId, now) })
  })
}

async function refuseOldLogin({
  sessionId: id,
  now,
}: SignedIn): Promise<Refused<'password_missing'> | undefined> {
  const session = await db().session.findUnique({ where: { id }, select: { createdAt: true } })
  const isFresh = session && now.getTime() - session.createdAt.getTime() < FRESH_LOGIN_MS
  return isFresh ? undefined : refuse('password_missing')
}

/** An address of the account in full, for a session that has a ticket. */
export type ShownAddress = AddressSlot & {
  address: string
  addedAt: Date
  consent: Consent | null
}

/** The addresses of an account in full, the primary ones first. */
export async function listShown(userId: string): Promise<ShownAddress[]> {
  const held = await listAddresses(db(), userId)
  return held
    .map(({ role, address, addedAt, consent }) => ({
      role,
      kind: address.kind,
      address: formatAddress(address),
      addedAt,
      consent,
    }))
    .toSorted((one, other) => orderOf(one).localeCompare(orderOf(other)))
}

const orderOf = ({ role, kind }: AddressSlot) => `${role}_${kind}`
