import type { CaseAction } from '@/prisma/client/client'

/** How an action stands: `asked` waits for approvals, `waiting` for its time; `ended` has an outcome. */
export type ActionState = 'asked' | 'waiting' | 'ended'

type Stored = Pick<CaseAction, 'endedAt' | 'dueAt' | 'expiresAt' | 'outcome'>

/** An action that nobody approved in time has ended, even if nothing has written that yet. */
export function stateOfAction({ endedAt, dueAt, expiresAt }: Stored, now: Date): ActionState {
  if (endedAt) return 'ended'
  if (dueAt) return 'waiting'
  return expiresAt > now ? 'asked' : 'ended'
}

/** How an action ended; null while it has not. */
export const outcomeOf = (action: Stored, now: Date): string | null =>
  stateOfAction(action, now) === 'ended' ? (action.outcome ?? 'expired') : null
