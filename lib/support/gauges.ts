import { gaugeOf } from '@/lib/platform/metrics'
import { storedReading } from '@/lib/platform/stored-reading'
import { HOUR_MS } from './limits'

const DAY_MS = 24 * HOUR_MS
const PAIR_DAYS = 30

/** By whoever looked up most accounts. */
const LOOK_UPS = `
  SELECT coalesce(max(count), 0)::int AS value FROM (
    SELECT count(*) FROM "StaffEvent" WHERE type IN ('looked_up', 'look_up_failed') AND at > $1 GROUP BY "staffId"
  ) AS person`

/** Of two people who approve each other's requests, in either direction. */
const PAIRS = `
  SELECT coalesce(max(count), 0)::int AS value FROM (
    SELECT count(*) FROM "CaseApproval" WHERE at > $1
    GROUP BY least("requestedById", "staffId"), greatest("requestedById", "staffId")
  ) AS pair`

/** From 22:00 to 06:00 in Jakarta. */
const AT_NIGHT = `
  SELECT count(*)::int AS value FROM "StaffEvent"
  WHERE at > $1 AND type IN ('requested', 'approved') AND extract(hour FROM at AT TIME ZONE 'Asia/Jakarta') NOT BETWEEN 6 AND 21`

/** Adds the gauges of customer care that are read from the database. They name nobody. */
export function showCareGauges(): void {
  show('care_look_ups_most', 'Look-ups of one member of staff in the last hour: the most', {
    text: LOOK_UPS,
    sinceMs: HOUR_MS,
  })
  show('care_pair_approvals_most', 'Approvals between the same two people in 30 days: the most', {
    text: PAIRS,
    sinceMs: PAIR_DAYS * DAY_MS,
  })
  show(
    'care_acts_at_night',
    'Requests and approvals of staff between 22:00 and 06:00 in 24 hours',
    {
      text: AT_NIGHT,
      sinceMs: DAY_MS,
    },
  )
}

function show(name: string, help: string, { text, sinceMs }: { text: string; sinceMs: number }) {
  const read = storedReading<{ value: number }>(name, (now) => ({
    text,
    values: [new Date(now.getTime() - sinceMs)],
  }))
  gaugeOf(name, help, [], async () =>
    ((await read()) ?? []).map(({ value }) => ({ labels: {}, value })),
  )
}
