import { expect, it } from 'vitest'
import { transaction } from '@/lib/platform/db'
import { recordStaffEvent } from '@/lib/staff-log'
import { checkStaffLog } from '@/lib/staff-log/watch'
import { NOW } from '../support/accounts'
import { logOf } from '../support/log-lines'
import { tamper } from './activity-actions'

it('the daily verification logs an altered log of staff, and nothing about one that is as it was', async () => {
  for (let row = 0; row < 3; row++)
    await transaction((tx) => recordStaffEvent(tx, { type: 'invited', staffId: null, now: NOW }))
  expect(await logOf(checkStaffLog)).toBe('')
  await tamper(`update "StaffEvent" set detail = '{"role":"auditor"}' where position = 2`)
  expect(JSON.parse(await logOf(checkStaffLog))).toMatchObject({
    level: 50,
    event: 'activity_altered',
    of: 'staff',
    position: 2,
    fault: 'altered',
  })
})
