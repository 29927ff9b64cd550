import { randomUUID } from 'node:crypto'
import { hashSecret } from '@/lib/platform/crypto'
import type { Tx } from '@/lib/platform/db'
import { done, type Result, refuse } from '@/lib/platform/result'
import { heard } from '@/lib/platform/spoken'
import { reviewSlots, SLOTS, type SlotName } from '@/lib/recovery'
import { recordStaffEvent } from '@/lib/staff-log'
import type { Case, CaseAction } from '@/prisma/client/client'
import type { CaseActionType } from '@/prisma/client/enums'
import { endExpired, WITH_PEOPLE } from './action-row'
import { carryOut, eventOf } from './carry-out'
import { type CaseRefusal, lockCase } from './cases'
import { readChange } from './change'
import { APPROVE_MS, readReason, readTicket } from './limits'
import { findProof, listVetoes } from './proof'
import type { StaffMember } from './staff'

/**
 * What an action is about: the slots that an unfreeze undoes, the address to release, the reference of
 * the event whose notices are sent again.
 */
export type ActionDetail = { undo?: SlotName[]; addressId?: string; reference?: string }

export type ActionRequest = {
  caseNumber: string
  type: CaseActionType
  detail: ActionDetail
  reason: string
  ticket: string
}

export type RequestRefusal =
  | CaseRefusal
  | 'reason_malformed'
  | 'ticket_malformed'
  | 'already_open'
  | 'not_possible'
  | 'proof_needed'

/** What a passkey of staff signs before a request: the hash of exactly this one. */
export const hashRequest = ({ caseNumber, type, detail, reason, ticket }: ActionRequest): string =>
  hashSecret(JSON.stringify([caseNumber, type, detailOf(type, detail), reason, ticket]))

/**
 * Asks for an action in a case. A freeze is carried out at once. Anything else waits for the approval of
 * somebody else within 30 minutes; an unfreeze after a veto waits for two. A word that was read out from
 * an undisputed address within 30 minutes proves the caller of an unfreeze. The action and the rows of
 * the log of staff commit together, with a freeze and its notices, in the transaction that uses up the
 * signature of the one who asks (`completeAct`).
 *
 * Refused: `not_permitted` to staff who see no account; `case_unknown`, `case_closed`; `reason_malformed`
 * unless it has 10 to 500 characters; `ticket_malformed` unless it has 1 to 40; `already_open` when the
 * case has an open action of this type; `not_possible` when there is nothing to change; `proof_needed`
 * for an unfreeze after a veto, without a word from another address than the one that vetoed. What a
 * refusal wrote is to be rolled back.
 */
export async function requestAction(
  tx: Tx,
  staff: StaffMember,
  request: ActionRequest,
  now: Date,
): Promise<Result<{ actionId: string; outcome: 'asked' | 'carried_out' }, RequestRefusal>> {
  const locked = await lockCase(tx, staff, request.caseNumber)
  if (!locked.ok) return locked
  const written = { reason: readReason(request.reason), ticket: readTicket(request.ticket) }
  if (written.reason === undefined) return refuse('reason_malformed')
  if (written.ticket === undefined) return refuse('ticket_malformed')
  const { reason, ticket } = written
  return ask(tx, locked.value, { ...request, reason, ticket, staff, now })
}

type Asking = ActionRequest & { staff: StaffMember; now: Date }

async function ask(
  tx: Tx,
  found: Case,
  asking: Asking,
): Promise<
  Result<
    { actionId: string; outcome: 'asked' | 'carried_out' },
    'already_open' | 'not_possible' | 'proof_needed'
  >
> {
  const { type, staff, now } = asking
  const drafted = await draft(tx, found, asking)
  if (!drafted.ok) return drafted
  const data = drafted.value
  const read = await readChange(tx, { ...data, userId: found.userId }, now)
  if (!read.ok) return read
  await endExpired(tx, found.id, now)
  const { count } = await tx.caseAction.createMany({ data, skipDuplicates: true })
  if (count === 0) return refuse('already_open')
  const action = { id: data.id, type, case: found }
  const outcome = type === 'freeze' ? 'carried_out' : 'asked'
  if (type === 'freeze' && !(await freezeNow(tx, data.id, now))) return refuse('not_possible')
  await recordStaffEvent(tx, eventOf('requested', action, staff.staffId, now))
  if (type === 'freeze')
    await recordStaffEvent(tx, eventOf('carried_out', action, staff.staffId, now))
  return done({ actionId: data.id, outcome })
}

async function freezeNow(tx: Tx, id: string, now: Date): Promise<boolean> {
  const action = await tx.caseAction.findUniqueOrThrow({ where: { id }, include: WITH_PEOPLE })
  return (await carryOut(tx, action, { passwordHash: '', now })).ok
}

type Draft = Omit<CaseAction, 'detail' | 'dueAt' | 'endedAt' | 'outcome'> & { detail: ActionDetail }

async function draft(
  tx: Tx,
  { id: caseId, userId }: Case,
  { type, detail, reason, ticket, staff, now }: Asking,
): Promise<Result<Draft, 'not_possible' | 'proof_needed'>> {
  const judged = type === 'unfreeze' ? await judgeProof(tx, caseId, userId, now) : WITHOUT_PROOF
  if (!judged.ok) return judged
  return done({
    id: randomUUID(),
    caseId,
    type,
    detail: detailOf(type, detail),
    reason,
    ticket,
    requestedById: staff.staffId,
    requestedAt: now,
    expiresAt: new Date(now.getTime() + APPROVE_MS),
    ...judged.value,
    ...(type === 'freeze' && { approvals: 0 }),
    // The operator says otherwise; only what two colleagues know of the caller supports this.
    ...(type === 'trust_number' && { approvals: 2 }),
  })
}

const WITHOUT_PROOF = done({ approvals: 1, provenById: null })

/** After a veto, two others approve, and the caller reads out a word from another address. */
async function judgeProof(tx: Tx, caseId: string, userId: string, now: Date) {
  const where = { id: userId }
  const { frozenAt } = await tx.user.findUniqueOrThrow({ where, select: { frozenAt: true } })
  if (!frozenAt) return refuse('not_possible')
  const { undisputed } = await reviewSlots(tx, userId, frozenAt)
  const vetoes = await listVetoes(tx, userId, frozenAt)
  const proof = await findProof(tx, { caseId, undisputed, vetoes, now })
  if (vetoes.length > 0 && !proof) return refuse('proof_needed')
  return done({ approvals: vetoes.length > 0 ? 2 : 1, provenById: proof?.id ?? null })
}

/** Only what the type needs: nobody approves what its page does not show. */
function detailOf(type: CaseActionType, given: ActionDetail): ActionDetail {
  const { undo = [], addressId = '', reference = '' } = given
  if (type === 'unfreeze') return { undo: SLOTS.filter((slot) => undo.includes(slot)) }
  if (type === 'release_address' || type === 'trust_number') return { addressId }
  return type === 'resend_notice' ? { reference: heard(reference) } : {}
}
