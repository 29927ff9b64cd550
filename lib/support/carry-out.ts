import { hashPassword } from '@/lib/accounts'
import { resendNotices } from '@/lib/activity'
import { newSecret } from '@/lib/platform/crypto'
import { type Tx, withSavepoint } from '@/lib/platform/db'
import { done, type Result, refuse } from '@/lib/platform/result'
import type { recordStaffEvent } from '@/lib/staff-log'
import { type ActionRow, endAction, readActionDetail } from './action-row'
import { type Effect, readChange } from './change'
import { type CareRefusal, freezeIn, releaseIn, restoreIn, trustIn, unfreezeIn } from './effects'

type NewStaffEvent = Parameters<typeof recordStaffEvent>[1]

/** The hash of a password that nobody knows, which an unfreeze sets. It is slow: not in a transaction. */
export const newPasswordHash = (): Promise<string> => hashPassword(newSecret())

type Carried = { passwordHash: string; now: Date }

/**
 * Ends an action as carried out and does what it says, in the caller's transaction, which holds the
 * lock of the user. When that is refused, nothing but the end of the action stays: its outcome is the
 * refusal. Refused: the refusals of the act, `not_possible`, and `action_ended` when it ended before.
 */
export async function carryOut(
  tx: Tx,
  action: ActionRow,
  { passwordHash, now }: Carried,
): Promise<Result<undefined, CareRefusal | 'not_possible' | 'action_ended'>> {
  if (!(await endAction(tx, action.id, 'carried_out', now))) return refuse('action_ended')
  const outcome = await withSavepoint(tx, () => act(tx, action, { passwordHash, now }))
  if (!outcome.ok) {
    const data = { outcome: outcome.refusal }
    await tx.caseAction.update({ where: { id: action.id }, data })
  }
  return outcome
}

async function act(
  tx: Tx,
  action: ActionRow,
  { passwordHash, now }: Carried,
): Promise<Result<undefined, CareRefusal | 'not_possible'>> {
  const { type, detail, reason } = action
  const { userId } = action.case
  const read = await readChange(tx, { ...action, userId }, now)
  if (!read.ok) return read
  const care = { userId, reason, now }
  if (type === 'freeze') return freezeIn(tx, care)
  if (type !== 'unfreeze') return actOnOpen(tx, care, read.value.effect)
  const { undo = [] } = readActionDetail(detail)
  return unfreezeIn(tx, care, { undo, passwordHash })
}

async function actOnOpen(
  tx: Tx,
  care: { userId: string; reason: string; now: Date },
  { address, number, event, to }: Effect,
): Promise<Result<undefined, never>> {
  if (address) await releaseIn(tx, care, address)
  else if (number) await trustIn(tx, care, number)
  else if (event && to) await resendNotices(tx, event, to, care.now)
  else await restoreIn(tx, care)
  return done()
}

/** The row of the log of staff about an action. Reason and ticket are in the action itself. */
export const eventOf = (
  type: NewStaffEvent['type'],
  { id, type: action, case: { id: caseId, userId } }: Pick<ActionRow, 'id' | 'type' | 'case'>,
  staffId: string | null,
  now: Date,
): NewStaffEvent => ({ type, staffId, caseId, userId, detail: { action, actionId: id }, now })
