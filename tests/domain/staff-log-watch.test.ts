import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { transaction } from '@/lib/platform/db'
import { recordStaffEvent, startStaffLogVerification } from '@/lib/staff-log'
import { checkStaffLog } from '@/lib/staff-log/watch'
import { HOUR, later, NOW } from '../support/accounts'
import { emptyDatabase } from '../support/empty-database'
import { logOf } from '../support/log-lines'
import { tamper } from './activity-actions'
import { loseKeyOf } from './staff-log-actions'

const ALTERED = `update "StaffEvent" set detail = '{"role":"auditor"}' where position = 2`

beforeEach(async () => {
  await emptyDatabase()
  for (let row = 0; row < 3; row++)
    await transaction((tx) => recordStaffEvent(tx, { type: 'invited', staffId: null, now: NOW }))
})
afterEach(() => void vi.useRealTimers())

describe('the daily verification of the log of staff', () => {
  it('logs an altered log of staff, and nothing about one that is as it was', async () => {
    expect(await logOf(checkStaffLog)).toBe('')
    await tamper(ALTERED)
    expect(JSON.parse(await logOf(checkStaffLog))).toMatchObject({
      level: 50,
      event: 'activity_altered',
      of: 'staff',
      position: 2,
      fault: 'altered',
    })
  })

  it('logs that a key is missing, and not that a row was altered', async () => {
    await tamper(`update "StaffLog" set hash = repeat('0', 64)`)
    await loseKeyOf(3)
    const line = JSON.parse(await logOf(checkStaffLog))
    expect(line).toMatchObject({ level: 50, event: 'key_missing', of: 'staff' })
  })

  it('runs once in a day of UTC, in one of several workers, and again on the next day', async () => {
    await tamper(ALTERED)
    const startAt = async (seconds: number) => {
      vi.useFakeTimers({ toFake: ['Date'], now: later(seconds, new Date('2026-11-25T00:00:00Z')) })
      const log = await logOf(() =>
        Promise.all([1, 2, 3].map(() => startStaffLogVerification().stop())),
      )
      return log.split('\n').filter(Boolean).length
    }
    expect(await startAt(0)).toBe(1)
    expect(await startAt(24 * HOUR - 1)).toBe(0)
    expect(await startAt(24 * HOUR)).toBe(1)
  })
})
