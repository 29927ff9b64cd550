import * as z from 'zod'
import { recordEvent } from '@/lib/activity'
import type { AnyAddress } from '@/lib/addresses'
import { db, lockUser, type Tx } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { listConcerned, SLOTS } from '@/lib/recovery'
import type { Prisma } from '@/prisma/client/client'
import { CARE } from './care-origin'

/** What an action is about, as it is stored. `vetoedBy`: the id of the address that stopped it. */
const detail = z.object({
  undo: z.array(z.enum(SLOTS)).optional(),
  addressId: z.string().optional(),
  reference: z.string().optional(),
  vetoedBy: z.uuid().optional(),
})

export const readActionDetail = (stored: Prisma.JsonValue) => detail.parse(stored)

const NAME = { select: { name: true } } as const

/** What is read with an action. */
export const WITH_PEOPLE = {
  case: true,
  requestedBy: NAME,
  approvedBy: { include: { staff: NAME }, orderBy: { at: 'asc' } },
} as const satisfies Prisma.CaseActionInclude

/** An action with its case, who asked for it, and who approved it. */
export type ActionRow = Prisma.CaseActionGetPayload<{ include: typeof WITH_PEOPLE }>

/** Locks the account of an action and reads the action under the lock; null for an unknown one. */
export async function lockAction(tx: Tx, actionId: string): Promise<ActionRow | null> {
  if (!z.uuid().safeParse(actionId).success) return null
  const where = { id: actionId }
  const seen = await tx.caseAction.findUnique({ where, include: { case: true } })
  if (!seen) return null
  await lockUser(tx, seen.case.userId)
  return tx.caseAction.findUniqueOrThrow({ where, include: WITH_PEOPLE })
}

/** Whether an action is an unfreeze, for which a slow hash is computed before the transaction. */
export async function isUnfreeze(actionId: string): Promise<boolean> {
  if (!z.uuid().safeParse(actionId).success) return false
  return (await db().caseAction.count({ where: { id: actionId, type: 'unfreeze' } })) > 0
}

/** Ends an open action; false when it ended before. */
export async function endAction(tx: Tx, id: string, outcome: string, now: Date): Promise<boolean> {
  const { count } = await tx.caseAction.updateMany({
    where: { id, endedAt: null },
    data: { endedAt: now, outcome },
  })
  return count === 1
}

/** Ends the actions of a case that nobody approved in time. */
export async function endExpired(tx: Tx, caseId: string, now: Date): Promise<void> {
  await tx.caseAction.updateMany({
    where: { caseId, endedAt: null, dueAt: null, expiresAt: { lte: now } },
    data: { endedAt: now, outcome: 'expired' },
  })
}

/** Who or what stops actions: staff, unless another origin is given. `about`: the address that vetoed. */
type Stop = {
  userId: string
  outcome: 'declined' | 'withdrawn' | 'vetoed'
  origin?: Origin
  about?: AnyAddress | undefined
  now: Date
}

/**
 * Ends open actions. Whoever was told that the account would be opened is told that it will not. The
 * caller holds the lock of the user.
 */
export async function stopActions(
  tx: Tx,
  which: { id: string } | { caseId: string },
  { userId, outcome, origin = CARE, about, now }: Stop,
): Promise<void> {
  const where = { ...which, endedAt: null }
  const announced = await tx.caseAction.count({ where: { ...where, dueAt: { not: null } } })
  await tx.caseAction.updateMany({ where, data: { endedAt: now, outcome } })
  if (announced === 0) return
  const { frozenAt } = await tx.user.findUniqueOrThrow({ where: { id: userId } })
  const notify = await listConcerned(tx, userId, frozenAt ?? now)
  await recordEvent(tx, { userId, type: 'unfreeze_vetoed', origin, about, now, notify })
}
