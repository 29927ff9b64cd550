import { db } from '@/lib/platform/db'

const DAY_MS = 24 * 60 * 60 * 1_000

/**
 * For how long the pop-up is hidden after it was closed for the first, second and third time. A
 * fourth time hides it for ever.
 */
const SNOOZE_DAYS = [7, 14, 30] as const

/**
 * Whether the pop-up is shown: the user has no confirmed recovery address and has not snoozed it.
 */
export async function isPopupDue(userId: string, now: Date): Promise<boolean> {
  const user = await db().user.findUnique({
    where: {
      id: userId,
      popupSnoozes: { lte: SNOOZE_DAYS.length },
      OR: [{ popupSnoozedUntil: null }, { popupSnoozedUntil: { lte: now } }],
      addresses: {
        none: { role: 'recovery', removedAt: null, confirmedAt: { not: null }, recycledAt: null },
      },
    },
    select: { id: true },
  })
  return user !== null
}

/**
 * Snoozes the pop-up for the next period. Closing it in a second tab while it is snoozed changes
 * nothing.
 */
export async function snoozePopup(userId: string, now: Date): Promise<void> {
  const { popupSnoozes } = await db().user.findUniqueOrThrow({
    where: { id: userId },
    select: { popupSnoozes: true },
  })
  const days = SNOOZE_DAYS[popupSnoozes]
  await db().user.updateMany({
    where: {
      id: userId,
      popupSnoozes,
      OR: [{ popupSnoozedUntil: null }, { popupSnoozedUntil: { lte: now } }],
    },
    data: {
      popupSnoozes: { increment: 1 },
      popupSnoozedUntil: days ? new Date(now.getTime() + days * DAY_MS) : null,
    },
  })
}
