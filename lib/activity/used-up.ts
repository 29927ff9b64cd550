import * as z from 'zod'
import { listAddresses } from '@/lib/addresses'
import { enqueueTask } from '@/lib/messaging'
import { type AnyTx, lockUser, type Tx, transaction } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { type UsedUp, usedUp } from './detail'
import { recordEvent } from './record'

const DAY_MS = 24 * 60 * 60 * 1_000

/** The worker's task that records used-up attempts or sends and notifies the owner. */
export const USED_UP_TASK = 'used_up'

const report = z.object({
  userId: z.uuid().nullable(),
  what: usedUp,
  ip: z.string(),
  userAgent: z.string(),
  at: z.iso.datetime().transform((text) => new Date(text)),
})

export type UsedUpReport = { userId: string | null; what: UsedUp; origin: Origin; now: Date }

/**
 * Reports that attempts or sends are used up. The worker notifies the owner: the answer to the
 * stranger takes the same one statement with and without an account (ASVS 6.3.8).
 */
export async function reportUsedUp(
  tx: AnyTx,
  { userId, what, origin, now }: UsedUpReport,
): Promise<void> {
  const { ip, userAgent } = origin
  const report = { userId, what, ip, userAgent, at: now.toISOString() }
  await enqueueTask(tx, USED_UP_TASK, report, now)
}

/**
 * Runs `USED_UP_TASK`: one event and its notifications a day, for each account and `what`, so that
 * repeated attempts cause one notification (ASVS 6.3.5). Each confirmed address gets a link that
 * begins a reset.
 */
export async function tellUsedUp(payload: unknown): Promise<void> {
  const { userId, what, ip, userAgent, at: now } = report.parse(payload)
  if (userId === null) return
  const origin = { ip, userAgent }
  await transaction(async (tx) => {
    await lockUser(tx, userId)
    if ((await isErased(tx, userId)) || (await wasTold(tx, userId, what, now))) return
    const notify = await listAddresses(tx, userId)
    await recordEvent(tx, { userId, type: 'attempts_used_up', what, origin, now, notify })
  })
}

/** The attempts were made before the account was erased. */
async function isErased(tx: Tx, userId: string) {
  const { erasedAt } = await tx.user.findUniqueOrThrow({ where: { id: userId } })
  return erasedAt !== null
}

async function wasTold(tx: Tx, userId: string, what: UsedUp, now: Date) {
  const told = await tx.securityEvent.count({
    where: {
      userId,
      type: 'attempts_used_up',
      at: { gt: new Date(now.getTime() - DAY_MS) },
      detail: { path: ['what'], equals: what },
    },
  })
  return told > 0
}
