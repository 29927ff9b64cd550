import { db } from '@/lib/platform/db'

const DAY_MS = 24 * 60 * 60 * 1_000

/** How long the pop-up stays away after it was closed for the first, second and third time; after a fourth, for good. */
const SNOOZE_DAYS = [7, 14, 30] as const

/** Is the pop-up to be shown: no confirmed recovery address, and not snoozed? */
export async function isPopupDue(userId: string, now: Date): Promise<boolean> {
  const user = await db().user.findUnique({
    where: {
      id: userId,
      popupSnoozes: { lte: SNOOZE_DAYS.length },
      OR: [{ popupSnoozedUntil: null }, { popupSnoozedUntil: { lte: now } }],
      addresses: { none: { role: 'recovery', removedAt: null, confirmedAt: { not: null } } },
    },
    select: { id: true },
  })
  return user !== null
}

/** Closes the pop-up for the next stretch. Closing it in a second tab while it is snoozed does not lengthen the stretch. */
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
