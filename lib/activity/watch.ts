import { repeat } from '@/lib/messaging'
import { takeOnce } from '@/lib/platform/limit-uses'
import { log } from '@/lib/platform/log'
import { type Accounts, verifyActivity } from './verify'

const HOUR_MS = 60 * 60 * 1_000
const HOURS = 24
/** A share is verified once, also by a worker whose clock is an hour behind. */
const TAKEN_SECONDS = 3 * 60 * 60

/** The first eight digits of an id, as a number, are below this. */
const IDS = 2 ** 32

/**
 * Verifies a part of all activities, now and each hour. `stop` lets it finish the present account;
 * those that are left are verified a day later. Several processes may run it.
 */
export const startVerification = () =>
  repeat('verification', HOUR_MS, async (stopping) => {
    const now = new Date()
    const key = `activity_verification:${Math.floor(now.getTime() / HOUR_MS)}`
    if (await takeOnce(key, TAKEN_SECONDS)) await verifyShare(now, stopping)
  })

/**
 * Verifies the activities of a 24th of all accounts, another one for each hour of the day, and logs
 * an error for each account with a fault, and one for all accounts whose key is missing. Whoever can
 * write to the database and to nothing else is found within a day.
 */
export async function verifyShare(now: Date, stopping?: AbortSignal): Promise<void> {
  const { faults } = await verifyActivity(now, { ...shareOf(now.getUTCHours()), stopping })
  for (const { userId, position, fault } of faults)
    if (fault !== 'key_missing') log.error({ event: 'activity_altered', userId, position, fault })
  const unverified = faults.filter(({ fault }) => fault === 'key_missing').length
  if (unverified > 0) log.error({ event: 'key_missing', accounts: unverified })
}

function shareOf(hour: number): Pick<Accounts, 'from' | 'before'> {
  const idAt = (part: number) =>
    `${Math.floor((part * IDS) / HOURS)
      .toString(16)
      .padStart(8, '0')}-0000-0000-0000-000000000000`
  return { from: idAt(hour), ...(hour < HOURS - 1 && { before: idAt(hour + 1) }) }
}
