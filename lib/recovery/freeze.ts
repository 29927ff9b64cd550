import { endSessions } from '@/lib/accounts'
import { closeResetLinks, findSecureLink, recordEvent, takeSecureLink } from '@/lib/activity'
import { listAddressHistory, type PastAddress } from '@/lib/addresses'
import { closeChallenges } from '@/lib/challenges'
import { db, lockUser, type Tx, transaction } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { done, type Result, refuse } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'
import { endHeld } from './held-password'
import { listProofs, PROOFS } from './proofs'
import { isAmong, reviewedSince, reviewSlots } from './review'
import { endByFreeze } from './saved-code-use'
import { endWaitingActions, recordEnded } from './waiting-actions'

/** `link_closed`: it froze the account once, or the account was unfrozen since. */
export type LinkRefusal = 'link_unknown' | 'link_expired' | 'link_closed'

/**
 * Freezes an account for the holder of a notification's link, without login or limit. A frozen
 * account stays as it is, without another notification. Refused: `link_unknown`, `link_expired`,
 * `link_closed`.
 */
export async function freezeByLink(
  token: string,
  origin: Origin,
  now: Date,
): Promise<Result<undefined, LinkRefusal>> {
  const link = await findSecureLink(token, now)
  if (!link) return refuseLink('link_unknown', null)
  if (link.state === 'expired') return refuseLink('link_expired', link.userId)
  const { userId } = link
  return transaction(async (tx) => {
    if ((await lockUser(tx, userId)).isFrozen) return done()
    if (!(await takeSecureLink(tx, token, now))) return refuseLink('link_closed', userId)
    await freezeAccount(tx, { userId, origin, now })
    return done()
  })
}

/** Refuses the link of a notification and logs that it is unknown, or was valid once. */
export function refuseLink<const Word extends LinkRefusal>(word: Word, userId: string | null) {
  const event = word === 'link_unknown' ? 'authz_fail' : 'authn_token_reuse'
  logSecurity(event, { userId, subject: 'secure_link', reason: word })
  return refuse(word)
}

/** Freezes the account of a signed-in customer. It ends every session, the caller's included. */
export async function freezeOwnAccount(userId: string, origin: Origin, now: Date): Promise<void> {
  await transaction((tx) => freezeAccount(tx, { userId, origin, now }))
}

/**
 * What a freeze means for its owner. `opensAlone`: whether there are two proofs, so that the owner
 * can open the account again; otherwise customer care has to. `reference`: of the freeze of a frozen
 * account, for customer care.
 */
export type FreezeOutlook = { opensAlone: boolean; reference: string | undefined }

/** Reads what a freeze of an account means, before it or while it lasts. */
export async function readFreezeOutlook(userId: string, now: Date): Promise<FreezeOutlook> {
  const { frozenAt } = await db().user.findUniqueOrThrow({
    where: { id: userId },
    select: { frozenAt: true },
  })
  const review = await reviewSlots(db(), userId, frozenAt ?? now)
  const proofs = await listProofs(db(), userId, frozenAt, review)
  const reference = frozenAt ? await referenceOfFreeze(userId) : undefined
  return { opensAlone: proofs.length >= PROOFS, reference }
}

/** The reference of the last freeze of an account. */
export async function referenceOfFreeze(userId: string): Promise<string | undefined> {
  const event = await db().securityEvent.findFirst({
    where: { userId, type: 'frozen' },
    orderBy: { position: 'desc' },
    select: { reference: true },
  })
  return event?.reference
}

type Freeze = {
  userId: string
  origin: Origin
  now: Date
  reason?: string
  by?: 'customer' | 'care'
}

/**
 * Freezes an account in the caller's transaction: every session ends, every open challenge and reset
 * link closes, the saved code and a held password end, what customer care asked for ends, and event,
 * notices and rows of the log of staff are written. Addresses that were removed within seven days are
 * notified too: a thief may have removed them. It may lock the end of the log of staff: lock everything
 * else before.
 */
export async function freezeAccount(
  tx: Tx,
  { userId, origin, now, reason, by = 'customer' }: Freeze,
): Promise<void> {
  if ((await lockUser(tx, userId)).isFrozen) return
  await tx.user.update({ where: { id: userId }, data: { frozenAt: now } })
  await endSessions(tx, userId, now)
  await closeChallenges(tx, { userId }, now)
  await closeResetLinks(tx, userId)
  await endHeld(tx, userId, 'frozen', now)
  const ended = await endWaitingActions(tx, userId, now)
  await recordEvent(tx, {
    userId,
    type: 'frozen',
    reason,
    origin,
    now,
    notify: await listConcerned(tx, userId, now),
  })
  await endByFreeze(tx, { userId, origin, now })
  await recordEnded(tx, ended, { userId, because: `frozen_by_${by}`, now })
}

/**
 * The addresses that a freeze at this time concerns: the present ones, and those that were removed in
 * the seven days before. Each mailbox and number once, even if it was removed and added again.
 */
export async function listConcerned(
  tx: Tx,
  userId: string,
  frozenAt: Date,
): Promise<PastAddress[]> {
  const since = await reviewedSince(tx, userId, frozenAt)
  const history = await listAddressHistory(tx, userId)
  const concerned = history.filter(
    ({ isUsable, removedAt }) => isUsable && (removedAt === null || removedAt > since),
  )
  return concerned.filter(({ address }, nth) => !isAmong(concerned.slice(nth + 1), address))
}
