import { db } from '@/lib/platform/db'
import type { Ceiling } from './ceilings'
import { clockHour, HOUR_MS } from './clock-hour'

const HOURS_PER_DAY = 24

type Count = { key: string; hour: Date; sent: number }

/**
 * The seconds until an SMS would be below all of these ceilings; undefined when it is now. Nothing
 * is counted: `takeSms` decides when the SMS is sent.
 */
export async function findWait(
  ceilings: readonly Ceiling[],
  now: Date,
): Promise<number | undefined> {
  const hour = clockHour(now)
  const counts = await db().smsCount.findMany({
    where: {
      key: { in: ceilings.map(({ key }) => key) },
      hour: { gte: new Date(hour.getTime() - HOURS_PER_DAY * HOUR_MS), lte: hour },
    },
    select: { key: true, hour: true, sent: true },
  })
  for (let later = 0; later <= HOURS_PER_DAY + 1; later++) {
    const then = new Date(hour.getTime() + later * HOUR_MS)
    if (ceilings.every((ceiling) => isBelow(ceiling, counts, then)))
      return later === 0 ? undefined : Math.ceil((then.getTime() - now.getTime()) / 1_000)
  }
  return HOURS_PER_DAY * (HOUR_MS / 1_000)
}

function isBelow({ key, perHour, perDay }: Ceiling, counts: readonly Count[], hour: Date) {
  const dayBegan = hour.getTime() - HOURS_PER_DAY * HOUR_MS
  const own = counts.filter((count) => count.key === key && count.hour.getTime() >= dayBegan)
  const inHour = own.find((count) => count.hour.getTime() === hour.getTime())?.sent ?? 0
  const inDay = own.reduce((sum, { sent }) => sum + sent, 0)
  return (perHour === null || inHour < perHour) && (perDay === null || inDay < perDay)
}
