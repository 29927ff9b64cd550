import { repeat } from '@/lib/messaging'
import { takeOnce } from '@/lib/platform/limit-uses'
import { log } from '@/lib/platform/log'
import { verifyStaffLog } from './verify'

const HOUR_MS = 60 * 60 * 1_000
const DAY_MS = 24 * HOUR_MS
/** It is verified once, also by a worker whose clock is an hour behind. */
const TAKEN_SECONDS = 26 * 60 * 60

/** Verifies the log of staff once a day, until it is stopped. Several processes may run it. */
export function startStaffLogVerification() {
  return repeat('staff_log_verification', HOUR_MS, async () => {
    const key = `staff_log_verification:${Math.floor(Date.now() / DAY_MS)}`
    if (await takeOnce(key, TAKEN_SECONDS)) await checkStaffLog()
  })
}

/** Verifies the log of staff, and logs an error when a row was altered, removed or inserted, or cannot be verified. */
export async function checkStaffLog(): Promise<void> {
  const { fault: found } = await verifyStaffLog()
  if (!found) return
  const { position, fault } = found
  if (fault === 'key_missing') log.error({ event: 'key_missing', of: 'staff' })
  else log.error({ event: 'activity_altered', of: 'staff', position, fault })
}
