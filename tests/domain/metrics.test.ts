import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Outgoing, sendMessages, showMessagingGauges } from '@/lib/messaging'
import { db, transaction } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { readMetrics } from '@/lib/platform/metrics'
import { newEmail } from '../support/accounts'
import { clear, code, email, notice, sms } from '../support/messaging-actions'
import { sampleOf } from '../support/metrics'
import { answer, issue, issueDecoy } from './challenge-actions'

const MINUTE_MS = 60_000
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS)

beforeEach(async () => {
  await clear()
  await db().newNumberSend.deleteMany()
  // Gauges that were read a moment ago would stay as they were.
  showMessagingGauges()
})

const readSample = async (name: string, labels?: Record<string, string>) =>
  sampleOf(await readMetrics(), name, labels)

const write = (messages: readonly Outgoing[], at: Date) =>
  transaction((tx) => sendMessages(tx, messages, at))

const expiresAt = new Date(Date.now() + 60 * MINUTE_MS)

describe('messages without an end', () => {
  it('are counted by channel and state, and the oldest due one has an age', async () => {
    const dueAt = new Date(Date.now() + 5 * MINUTE_MS)
    await write([{ ...sms(), expiresAt }], minutesAgo(3))
    await write([{ ...sms(notice), expiresAt, dueAt }], minutesAgo(20))
    await write([{ ...email(), expiresAt }], minutesAgo(1))
    await db().message.updateMany({ where: { channel: 'email' }, data: { attempts: 1 } })
    const text = await readMetrics()
    const states = ['waiting', 'scheduled', 'retrying'].flatMap((state) =>
      ['sms', 'email'].map((channel) => sampleOf(text, 'messages_unsettled', { channel, state })),
    )
    expect(states).toEqual([1, 0, 1, 0, 0, 1])
    const ageOf = (channel: string) => sampleOf(text, 'oldest_due_message_seconds', { channel })
    expect(ageOf('sms')).toBeGreaterThanOrEqual(180)
    expect(ageOf('sms')).toBeLessThan(20 * 60)
    expect(ageOf('email')).toBeGreaterThanOrEqual(60)
  })

  it('are none when all are settled', async () => {
    await write([{ ...sms(), expiresAt }], minutesAgo(3))
    await db().message.updateMany({ data: { sentAt: new Date(), sealedBody: null } })
    expect(await readSample('messages_unsettled')).toBe(0)
    expect(await readSample('oldest_due_message_seconds')).toBe(0)
  })
})

describe('codes', () => {
  it('whose lifetime is over are entered or expired, and a decoy is neither', async () => {
    const now = minutesAgo(14)
    const entered = await issue({ now })
    await answer(entered, entered.code, now)
    await issue({ now })
    await issueDecoy({ now })
    const states = ['entered', 'expired'].map((state) =>
      readSample('codes_ended', { channel: 'sms', purpose: 'reset_password', state }),
    )
    expect(await Promise.all(states)).toEqual([1, 1])
  })

  it('are counted by channel and purpose when they are sent and entered', async () => {
    const counts = async () => {
      const text = await readMetrics()
      return ['codes_issued_total', 'codes_entered_total'].flatMap((name) =>
        ['sms', 'email', 'both'].map(
          (channel) => sampleOf(text, name, { channel, purpose: 'reset_password' }) ?? 0,
        ),
      )
    }
    const before = await counts()
    const one = await issue()
    await answer(one, one.code)
    await issue({ recipients: [newEmail()] })
    await issue({ recipients: [newEmail(), one.recipient] })
    await issueDecoy()
    const after = await counts()
    expect(after.map((count, nth) => count - (before[nth] ?? 0))).toEqual([1, 1, 1, 1, 0, 0])
  })

  it('to unconfirmed numbers are counted by country and by whether their prefix is slowed', async () => {
    const sends = [
      { prefix: 'one', enteredAt: minutesAgo(9) },
      { prefix: 'one', enteredAt: null },
      { prefix: 'two', enteredAt: null },
    ]
    const rest = { country: 'ID', recipient: 'x', network: 'x' }
    await db().newNumberSend.createMany({
      data: sends.map((send) => ({
        ...send,
        ...rest,
        id: randomUUID(),
        sentAt: minutesAgo(10),
      })),
    })
    const slow = { prefix: 'two', country: 'ID', slowedAt: new Date(), nextSendAt: new Date() }
    await db().slowPrefix.create({ data: slow })
    const text = await readMetrics()
    const counts = ['normal', 'slowed'].flatMap((prefixes) =>
      ['sent', 'entered'].map((state) =>
        sampleOf(text, 'new_number_codes', { country: 'ID', class: prefixes, state }),
      ),
    )
    await db().slowPrefix.deleteMany()
    expect(counts).toEqual([2, 1, 1, 0])
  })
})

describe('what a transaction counts', () => {
  const written = () => readSample('messages_written_total', { channel: 'sms' })

  it('is counted when it commits', async () => {
    const before = (await written()) ?? 0
    await write([sms(), sms(code)], new Date())
    expect(await written()).toBe(before + 2)
  })

  it('is not counted when it rolls back', async () => {
    const before = await written()
    const failed = transaction(async (tx) => {
      await sendMessages(tx, [sms()], new Date())
      throw new Error('stop')
    })
    await expect(failed).rejects.toThrow('stop')
    expect(await written()).toBe(before)
  })
})

it('a gauge that the database does not answer is absent and counted, and the others are read', async () => {
  const unread = () => readSample('gauges_unread_total', { reading: 'messages' })
  const before = (await unread()) ?? 0
  const client = new pg.Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  await client.query('begin; lock table "Message"')
  showMessagingGauges()
  const text = await readMetrics().finally(() => client.end())
  expect(sampleOf(text, 'messages_unsettled')).toBeUndefined()
  expect(sampleOf(text, 'oldest_due_message_seconds')).toBeUndefined()
  expect(sampleOf(text, 'sms_this_hour', { state: 'ceiling' })).toBe(env().SMS_PER_HOUR)
  expect(await unread()).toBeGreaterThan(before)
})
