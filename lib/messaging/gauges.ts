import { env } from '@/lib/platform/env'
import { gaugeOf } from '@/lib/platform/metrics'
import { storedReading } from '@/lib/platform/stored-reading'
import { clockHour } from './spending/clock-hour'

const MINUTE_MS = 60 * 1_000

/** A longer backlog is shown as this many messages. */
const MOST_MESSAGES = 100_000

const CHANNELS = ['email', 'sms', 'whatsapp'] as const
const STATES = ['scheduled', 'waiting', 'retrying'] as const

/** `Message_unsettled_idx` holds the messages that are neither sent nor failed. */
const UNSETTLED = `
  SELECT channel, state, count(*)::int AS count, extract(epoch FROM $1::timestamptz - min(due))::float AS age
  FROM (
    SELECT channel::text, coalesce("dueAt", "createdAt") AS due,
      CASE WHEN "dueAt" > $1 THEN 'scheduled' WHEN attempts > 0 THEN 'retrying' ELSE 'waiting' END AS state
    FROM "Message" WHERE "sentAt" IS NULL AND "failedAt" IS NULL ORDER BY "createdAt" LIMIT ${MOST_MESSAGES}
  ) AS message
  GROUP BY channel, state`

/** The codes whose lifetime ended in the last 15 minutes, found by the end of their messages. */
const ENDED = `
  SELECT message.channel::text, substr(message.kind, 6) AS purpose,
    CASE WHEN challenge."passedAt" IS NULL THEN 'expired' ELSE 'entered' END AS state,
    count(DISTINCT challenge.id)::int AS count
  FROM "Message" message JOIN "Challenge" challenge ON challenge.id = message."challengeId"
  WHERE message."expiresAt" > $2 AND message."expiresAt" <= $1
    AND message.kind LIKE 'code.%' AND message."sealedTo" IS NOT NULL
  GROUP BY 1, 2, 3`

/** Of one hour, without the codes of the last minutes, which may still be entered. */
const NEW_NUMBERS = `
  SELECT send.country, CASE WHEN slow.prefix IS NULL THEN 'normal' ELSE 'slowed' END AS class,
    count(*)::int AS sent, count(send."enteredAt")::int AS entered
  FROM "NewNumberSend" send LEFT JOIN "SlowPrefix" slow USING (prefix)
  WHERE send."sentAt" > $2 AND send."sentAt" <= $1
  GROUP BY 1, 2`

const HOUR = `SELECT sent, withheld FROM "SmsCount" WHERE key = 'all' AND hour = $1`

const FAULTS = `SELECT provider, refuses::text FROM "ProviderFault" WHERE "seenAt" > $1`

const before = (now: Date, minutes: number) => new Date(now.getTime() - minutes * MINUTE_MS)

/** Adds the gauges of messages, codes and providers that are read from the database. */
export function showMessagingGauges(): void {
  showUnsettled()
  showEndedCodes()
  showNewNumbers()
  showSmsOfHour()
  showProviderFaults()
}

function showUnsettled() {
  type Row = { channel: string; state: string; count: number; age: number }
  const read = storedReading<Row>('messages', (now) => ({ text: UNSETTLED, values: [now] }))
  const labels = ['channel', 'state']
  gaugeOf('messages_unsettled', 'Messages without an end, by state', labels, async () => {
    const rows = await read()
    const countOf = (channel: string, state: string) =>
      rows?.find((row) => row.channel === channel && row.state === state)?.count ?? 0
    const readings = CHANNELS.flatMap((channel) =>
      STATES.map((state) => ({ labels: { channel, state }, value: countOf(channel, state) })),
    )
    return rows ? readings : []
  })
  const help = 'Age of the oldest message that is due and not settled'
  gaugeOf('oldest_due_message_seconds', help, ['channel'], async () => {
    const due = (await read())?.filter(({ state }) => state !== 'scheduled')
    const ageOf = (channel: string) =>
      Math.max(0, ...(due ?? []).filter((row) => row.channel === channel).map(({ age }) => age))
    return due ? CHANNELS.map((channel) => ({ labels: { channel }, value: ageOf(channel) })) : []
  })
}

function showEndedCodes() {
  type Row = { channel: string; purpose: string; state: string; count: number }
  const read = storedReading<Row>('codes', (now) => ({
    text: ENDED,
    values: [now, before(now, 15)],
  }))
  const help = 'Codes whose lifetime ended in the last 15 minutes: entered or expired'
  gaugeOf('codes_ended', help, ['channel', 'purpose', 'state'], async () =>
    ((await read()) ?? []).map(({ count, ...labels }) => ({ labels, value: count })),
  )
}

function showNewNumbers() {
  type Row = { country: string; class: string; sent: number; entered: number }
  const read = storedReading<Row>('new_numbers', (now) => ({
    text: NEW_NUMBERS,
    values: [before(now, 3), before(now, 63)],
  }))
  const help = 'Codes of one hour to unconfirmed numbers, by whether their prefix is slowed'
  gaugeOf('new_number_codes', help, ['country', 'class', 'state'], async () =>
    ((await read()) ?? []).flatMap(({ sent, entered, ...labels }) => [
      { labels: { ...labels, state: 'sent' }, value: sent },
      { labels: { ...labels, state: 'entered' }, value: entered },
    ]),
  )
}

function showSmsOfHour() {
  type Row = { sent: number; withheld: number }
  const read = storedReading<Row>('sms', (now) => ({ text: HOUR, values: [clockHour(now)] }))
  const help = 'SMS of this clock hour: sent, withheld by the ceiling of all SMS, and that ceiling'
  gaugeOf('sms_this_hour', help, ['state'], async () => {
    const rows = await read()
    if (!rows) return []
    const { sent = 0, withheld = 0 } = rows[0] ?? {}
    const values = { sent, withheld, ceiling: env().SMS_PER_HOUR }
    return Object.entries(values).map(([state, value]) => ({ labels: { state }, value }))
  })
}

function showProviderFaults() {
  type Row = { provider: string; refuses: string }
  const read = storedReading<Row>('providers', (now) => ({
    text: FAULTS,
    values: [before(now, 15)],
  }))
  const help = '1 while a provider refuses our key, sender or account'
  gaugeOf('provider_refuses', help, ['provider', 'refuses'], async () =>
    ((await read()) ?? []).map((labels) => ({ labels, value: 1 })),
  )
}
