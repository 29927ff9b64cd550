import {
  checkUserPassword,
  hashPassword,
  type PasswordRefusal,
  replacePassword,
} from '@/lib/accounts'
import { closeSecureLinks } from '@/lib/activity'
import { listAddresses } from '@/lib/addresses'
import { spendPassed } from '@/lib/challenges'
import { db, lockUser, type Tx, transactionUnlessRefused } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { done, type Result, refuse } from '@/lib/platform/result'
import { type MadeCode, spendFrozenCode } from '@/lib/saved-codes'
import { PROOFS, type Proof } from './proofs'
import type { Review, SlotName } from './review'
import { replaceUsed } from './saved-code-use'
import { recordUndone, type UndoRefusal, undoSlots } from './undo'
import { readUnfreeze, refuseGone } from './unfreeze-read'
import { type EndedAction, endWaitingActions, recordEnded } from './waiting-actions'

/** The decision for each disputed slot. */
export type Decisions = Partial<Record<SlotName, 'keep' | 'undo'>>

export type Unfreezing = {
  secret: string
  decisions: Decisions
  password: string
  origin: Origin
  now: Date
}

export type UnfreezeRefusal = 'unfreeze_gone' | 'choice_missing' | UndoRefusal | PasswordRefusal

/**
 * Unfreezes an account for a browser that passed the codes of two proofs and decided on every disputed
 * slot. One transaction spends both challenges, undoes changes, replaces the password, ends every
 * session, closes every link, restricts the account for a day, and writes events, notifications and
 * rows of the log of staff (ASVS 7.4.3, 6.3.7). A saved code among the proofs is spent and replaced there, and the new one is
 * returned. Refused: `unfreeze_gone`, `choice_missing`, the
 * reasons of an undo and of a password. A refusal changes nothing.
 */
export async function completeUnfreeze(
  unfreezing: Unfreezing,
): Promise<Result<MadeCode | undefined, UnfreezeRefusal>> {
  const { secret, decisions, password, origin, now } = unfreezing
  const seen = await readUnfreeze(db(), secret, now)
  if (seen?.proven.length !== PROOFS) return refuseGone()
  const { userId } = seen
  if (listUndecided(seen.review, decisions).length > 0) return refuse('choice_missing')
  const user = await db().user.findUniqueOrThrow({
    where: { id: userId },
    select: { id: true, name: true },
  })
  const checked = await checkUserPassword(user, await listAddresses(db(), userId), password)
  if (!checked.ok) return checked
  const passwordHash = await hashPassword(password)
  return transactionUnlessRefused(async (tx) => {
    await lockUser(tx, userId)
    const spent = await spendUnfreeze(tx, secret, now)
    if (!spent.ok) return spent
    const { review, proven } = spent.value
    const provenBy = proven.flatMap((proof) => (proof.name === 'saved_code' ? [] : proof.address))
    const undone = review.slots.filter(
      ({ slot, isDisputed }) => isDisputed && decisions[slot] === 'undo',
    )
    const undo = { userId, review, undone, origin, now }
    const undoing = await undoSlots(tx, undo)
    if (!undoing.ok) return undoing
    const ended = await openAccount(tx, userId, now)
    await replacePassword(tx, { userId, passwordHash, type: 'unfrozen', provenBy, origin, now })
    await recordUndone(tx, undo)
    const isSaved = proven.some(({ name }) => name === 'saved_code')
    const made = isSaved ? await replaceUsed(tx, { userId, origin, now }) : undefined
    await recordEnded(tx, ended, { userId, because: 'opened_by_customer', now })
    return done(made)
  })
}

/**
 * Unfreezes an account in the caller's transaction, closes its links and unfreeze flows, and ends what
 * customer care asked for. The caller then replaces the password, which restricts the account, and
 * writes the ended actions to the log of staff (`recordEnded`).
 */
export async function openAccount(tx: Tx, userId: string, now: Date): Promise<EndedAction[]> {
  await tx.user.update({ where: { id: userId }, data: { frozenAt: null } })
  await tx.unfreezeFlow.updateMany({ where: { userId, closedAt: null }, data: { closedAt: now } })
  await closeSecureLinks(tx, userId, now)
  return endWaitingActions(tx, userId, now)
}

function listUndecided({ slots }: Review, decisions: Decisions) {
  return slots.filter(({ slot, isDisputed }) => isDisputed && decisions[slot] === undefined)
}

type Spent = { review: Review; proven: Proof[] }

async function spendUnfreeze(
  tx: Tx,
  secret: string,
  now: Date,
): Promise<Result<Spent, 'unfreeze_gone'>> {
  const unfreeze = await readUnfreeze(tx, secret, now)
  if (unfreeze?.proven.length !== PROOFS) return refuse('unfreeze_gone')
  const { review, proven, challenges } = unfreeze
  const spent = await spendPassed(
    tx,
    challenges.map(({ id }) => id),
    now,
  )
  const isSpent = spent.ok && (await spendSaved(tx, proven, now))
  return isSpent ? done({ review, proven }) : refuse('unfreeze_gone')
}

/** False when the saved code was used before. */
async function spendSaved(tx: Tx, proven: readonly Proof[], now: Date): Promise<boolean> {
  const saved = proven.find(({ name }) => name === 'saved_code')
  return saved === undefined || spendFrozenCode(tx, saved.id, now)
}
