import { expect, it } from 'vitest'
import { verifyShare } from '@/lib/activity/watch'
import { readMetrics } from '@/lib/platform/metrics'
import { NOW } from '../support/accounts'
import { logOf } from '../support/log-lines'
import { sampleOf } from '../support/metrics'
import { makeActive, tamper } from './activity-actions'

const HOURS = 24

const altered = async () =>
  sampleOf(await readMetrics(), 'log_problems_total', { event: 'activity_altered' }) ?? 0

it('a day of verification logs and counts each altered activity once, and no other', async () => {
  const accounts = await Promise.all(Array.from({ length: 4 }, makeActive))
  const [first, second] = accounts.map(({ userId }) => userId)
  await tamper(`update "SecurityEvent" set ip = '192.0.2.1' where position = 3 and "userId" = $1`, [
    first,
  ])
  await tamper('delete from "SecurityEvent" where position > 2 and "userId" = $1', [second])
  const before = await altered()
  const log = await logOf(async () => {
    for (let hour = 0; hour < HOURS; hour++)
      await verifyShare(new Date(NOW.getTime() + hour * 3_600_000))
  })
  const lines = log
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
  const wanted = [
    { userId: first, position: 3, fault: 'altered' },
    { userId: second, position: 3, fault: 'cut_off' },
  ].map((facts) => expect.objectContaining({ level: 50, event: 'activity_altered', ...facts }))
  expect(lines).toHaveLength(2)
  expect(lines).toEqual(expect.arrayContaining(wanted))
  expect(await altered()).toBe(before + 2)
})
