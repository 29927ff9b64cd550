import { db } from '@/lib/platform/db'
import type { CaseActionType } from '@/prisma/client/enums'
import { type ActionState, stateOfAction } from './action-state'
import { refuseUnlessHandler } from './roles'
import type { StaffMember } from './staff'

const SHOWN_ACTIONS = 200

/** An open action in the list of all: nothing of its account, which only its case shows. */
export type OpenAction = {
  actionId: string
  caseNumber: string
  type: CaseActionType
  state: ActionState
  ticket: string
  requestedBy: string
  isOwn: boolean
  requestedAt: Date
  expiresAt: Date
  approvalsNeeded: number
  approvals: number
  dueAt: Date | null
}

/**
 * Every action that can be approved now or that waits for its time, the oldest first; none for staff who
 * see no account.
 */
export async function listOpenActions(staff: StaffMember, now: Date): Promise<OpenAction[]> {
  if (refuseUnlessHandler(staff)) return []
  const rows = await db().caseAction.findMany({
    where: { endedAt: null, OR: [{ dueAt: { not: null } }, { expiresAt: { gt: now } }] },
    include: {
      case: { select: { number: true } },
      requestedBy: { select: { name: true } },
      _count: { select: { approvedBy: true } },
    },
    orderBy: [{ requestedAt: 'asc' }, { id: 'asc' }],
    take: SHOWN_ACTIONS,
  })
  return rows.map((row) => ({
    actionId: row.id,
    caseNumber: row.case.number,
    type: row.type,
    state: stateOfAction(row, now),
    ticket: row.ticket,
    requestedBy: row.requestedBy.name,
    isOwn: row.requestedById === staff.staffId,
    requestedAt: row.requestedAt,
    expiresAt: row.expiresAt,
    approvalsNeeded: row.approvals,
    approvals: row._count.approvedBy,
    dueAt: row.dueAt,
  }))
}
