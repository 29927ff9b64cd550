import { toHeld } from '@/lib/addresses'
import { hashSecret } from '@/lib/platform/crypto'
import { db, type Tx, transaction } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { done, type Result, refuse } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'
import { recordStaffEvent } from '@/lib/staff-log'
import type { CaseAction, VetoLink as Stored } from '@/prisma/client/client'
import { type ActionRow, lockAction, readActionDetail, stopActions } from './action-row'
import { eventOf } from './carry-out'

/**
 * What the page of a veto link shows: when the account will be opened, and whether that can still be
 * stopped. `closed`: it was stopped. `expired`: the account was opened. `isFrozen`: whether the account is
 * frozen now, whatever has happened since. `caseNumber`: for a call of customer care.
 */
export type VetoLink = {
  state: 'open' | 'closed' | 'expired'
  dueAt: Date | null
  isFrozen: boolean
  caseNumber: string
}

/** Finds a veto link by its token; null for an unknown one. Reading changes nothing. */
export async function findVetoLink(token: string): Promise<VetoLink | null> {
  const link = await db().vetoLink.findUnique({
    where: { tokenHash: hashSecret(token) },
    include: {
      action: { include: { case: { include: { user: { select: { frozenAt: true } } } } } },
    },
  })
  if (!link) return null
  const { action } = link
  const { number: caseNumber, user } = action.case
  const isFrozen = user.frozenAt !== null
  return { state: stateOf(action), dueAt: action.dueAt, isFrozen, caseNumber }
}

/** While a worker is late, the account is not open yet, and the veto still holds. */
function stateOf({ endedAt, outcome }: Pick<CaseAction, 'endedAt' | 'outcome'>) {
  if (!endedAt) return 'open'
  return outcome === 'carried_out' ? 'expired' : 'closed'
}

/**
 * Stops an unfreeze that waits, for the holder of the link of one notification, without login or limit.
 * The event, its notices to every address and the row of the log of staff commit with it. Later
 * unfreezes need a word that is read out from another address, and two approvals. Of a veto and the
 * worker at the same moment, one wins. Refused: `link_unknown`; `link_closed` when it was stopped before;
 * `link_expired` when the account was opened.
 */
export async function vetoByLink(
  token: string,
  origin: Origin,
  now: Date,
): Promise<Result<undefined, 'link_unknown' | 'link_closed' | 'link_expired'>> {
  const tokenHash = hashSecret(token)
  const link = await db().vetoLink.findUnique({ where: { tokenHash } })
  if (!link) return refuseVeto('link_unknown', null)
  return transaction(async (tx) => {
    const action = await lockAction(tx, link.actionId)
    if (!action) return refuseVeto('link_unknown', null)
    const state = stateOf(action)
    if (state !== 'open') return refuseVeto(`link_${state}`, action.case.userId)
    await veto(tx, action, link, origin, now)
    return done()
  })
}

async function veto(
  tx: Tx,
  action: ActionRow,
  { tokenHash, addressId }: Stored,
  origin: Origin,
  now: Date,
) {
  const { userId } = action.case
  const address = await tx.address.findUniqueOrThrow({ where: { id: addressId } })
  const { address: about } = toHeld(address)
  await tx.vetoLink.update({ where: { tokenHash }, data: { usedAt: now } })
  const detail = { ...readActionDetail(action.detail), vetoedBy: addressId }
  await tx.caseAction.update({ where: { id: action.id }, data: { detail } })
  await stopActions(tx, { id: action.id }, { userId, outcome: 'vetoed', origin, about, now })
  await recordStaffEvent(tx, eventOf('vetoed', action, null, now))
}

function refuseVeto<const Word extends string>(word: Word, userId: string | null) {
  const event = word === 'link_unknown' ? 'authz_fail' : 'authn_token_reuse'
  logSecurity(event, { userId, subject: 'veto_link', reason: word })
  return refuse(word)
}
