import { db } from '@/lib/platform/db'
import type { Cell, Fact } from './facts'

/** How an action ended. A refusal that stopped it is `not_possible` to its owner. */
export const OUTCOMES = [
  'carried_out',
  'declined',
  'withdrawn',
  'expired',
  'vetoed',
  'not_possible',
] as const

const actions = {
  orderBy: [{ requestedAt: 'asc' as const }, { id: 'asc' as const }],
  select: { type: true, requestedAt: true, dueAt: true, endedAt: true, outcome: true },
}

/**
 * The cases of an account with customer care: a row for each action, or one for a case without any.
 * Nobody of the staff is named, and what they wrote is not included.
 */
export async function* readCases(userId: string): AsyncGenerator<Fact[]> {
  const cases = await db().case.findMany({
    where: { userId },
    orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
    include: { actions },
  })
  for (const { number: caseNumber, openedAt, closedAt, actions } of cases) {
    const opened = { caseNumber, openedAt, closedAt }
    yield actions.length === 0
      ? [{ ...opened, ...NO_ACTION }]
      : actions.map(({ type: action, outcome, ...times }) => ({
          ...opened,
          action,
          ...times,
          outcome: outcome && (OUTCOMES.find((word) => word === outcome) ?? 'not_possible'),
        }))
  }
}

const NO_ACTION: Record<'action' | 'requestedAt' | 'dueAt' | 'endedAt' | 'outcome', Cell> = {
  action: null,
  requestedAt: null,
  dueAt: null,
  endedAt: null,
  outcome: null,
}
