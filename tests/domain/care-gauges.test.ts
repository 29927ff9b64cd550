import { expect, it } from 'vitest'
import { db } from '@/lib/platform/db'
import { readMetrics } from '@/lib/platform/metrics'
import { lookUp, showCareGauges } from '@/lib/support'
import type { Account } from '../support/accounts'
import { makeAccount } from '../support/accounts'
import { sampleOf } from '../support/metrics'
import { approve, asked, makeStaff, openCase, REASON } from './care-actions'

const HOUR_MS = 60 * 60_000
const NAMES = ['care_look_ups_most', 'care_pair_approvals_most', 'care_acts_at_night'] as const

/** Gauges that were read a moment ago would stay as they were. */
async function readGauges() {
  showCareGauges()
  const text = await readMetrics()
  return NAMES.map((name) => sampleOf(text, name))
}

/** The last time that it was noon, and one o'clock at night, in Jakarta. */
const [NOON, NIGHT] = [5, 18].map((utcHour) => {
  const at = new Date()
  at.setUTCHours(utcHour, 0, 0, 0)
  return at.getTime() > Date.now() ? new Date(at.getTime() - 24 * HOUR_MS) : at
}) as [Date, Date]

/** An approval of an action in a case of this account. */
async function approved(account: Account, at: Date) {
  const [agent, approver] = [await makeStaff(), await makeStaff('approver')]
  const number = await openCase(agent, account, at)
  await db().failureCount.create({
    data: {
      account: account.userId,
      path: 'password',
      scope: 'unknown',
      failures: 3,
      updatedAt: at,
    },
  })
  await approve(approver, await asked(agent, number, 'restore_attempts', {}, at), at)
}

it('without acts of staff, all of them are 0', async () => {
  expect(await readGauges()).toEqual([0, 0, 0])
})

it('the look-ups of the busiest person in the last hour are counted, those that find nothing too', async () => {
  const [busy, other] = [await makeStaff(), await makeStaff()]
  const now = new Date()
  const query = (await makeAccount()).phone.value
  for (const staff of [busy, busy, other]) await lookUp(staff, { query, reason: REASON }, now)
  await lookUp(busy, { query: 'nobody@example.com', reason: REASON }, now)
  await lookUp(busy, { query, reason: REASON }, new Date(now.getTime() - 2 * HOUR_MS))
  expect((await readGauges())[0]).toBe(3)
})

it('approvals between the same two people, and acts at night, are counted', async () => {
  await approved(await makeAccount(), NOON)
  expect((await readGauges()).slice(1)).toEqual([1, 0])
  await approved(await makeAccount(), NIGHT)
  expect((await readGauges()).slice(1)).toEqual([1, 2])
})
