import { listAddressHistory, maskAddress } from '@/lib/addresses'
import { db } from '@/lib/platform/db'
import { outcomeOf, stateOfAction } from './action-state'
import type { CaseActionView, CaseWord } from './case-types'
import { PROOF_MS, WORD_ATTEMPTS } from './limits'

const SHOWN_ACTIONS = 50
const NAME = { select: { name: true } } as const

/** The mask of an address that an account has or had, by its id. */
export type Masks = (addressId: string | null) => string | null

/** Reads the masks of every address that an account has or had. */
export async function readMasks(userId: string): Promise<Masks> {
  const history = await listAddressHistory(db(), userId)
  return (addressId) => {
    const held = history.find(({ id }) => id === addressId)
    return held ? maskAddress(held.address) : null
  }
}

/** The words of a case, the newest first, and that of the signed-in customer that was checked in it. */
export async function readWords(caseId: string, maskOf: Masks): Promise<CaseWord[]> {
  const rows = await db().callerWord.findMany({
    where: { caseId },
    orderBy: { createdAt: 'desc' },
    include: { createdBy: NAME },
  })
  return rows.map(({ kind, addressId, createdBy, createdAt, expiresAt, attempts, passedAt }) => ({
    kind,
    mask: maskOf(addressId),
    by: createdBy?.name ?? null,
    createdAt,
    expiresAt,
    attemptsLeft: WORD_ATTEMPTS - attempts,
    passedAt,
    countsUntil: passedAt && new Date(passedAt.getTime() + PROOF_MS),
  }))
}

/** The latest actions in every case of an account, the newest first. */
export async function readActions(
  userId: string,
  maskOf: Masks,
  now: Date,
): Promise<CaseActionView[]> {
  const rows = await db().caseAction.findMany({
    where: { case: { userId } },
    orderBy: [{ requestedAt: 'desc' }, { id: 'asc' }],
    take: SHOWN_ACTIONS,
    include: {
      case: { select: { number: true } },
      requestedBy: NAME,
      approvedBy: { include: { staff: NAME }, orderBy: { at: 'asc' } },
    },
  })
  return rows.map((row) => ({
    actionId: row.id,
    caseNumber: row.case.number,
    type: row.type,
    state: stateOfAction(row, now),
    reason: row.reason,
    ticket: row.ticket,
    requestedBy: { staffId: row.requestedById, name: row.requestedBy.name },
    requestedAt: row.requestedAt,
    expiresAt: row.expiresAt,
    approvalsNeeded: row.approvals,
    approvals: row.approvedBy.map(({ staffId, staff, at }) => ({ staffId, name: staff.name, at })),
    provenBy: maskOf(row.provenById),
    dueAt: row.dueAt,
    endedAt: row.endedAt,
    outcome: outcomeOf(row, now),
  }))
}
