import { describe, expect, it, vi } from 'vitest'
import type { Content } from '@/lib/messaging'
import {
  code,
  countedSms,
  deliverAt,
  listQueue,
  minutesLater,
  NOW,
  notice,
  PHONE,
  read,
  sms,
  written,
} from '../support/messaging-actions'
import { startFakes } from './messaging-fakes'

const OUTAGE = { status: 503, body: {} }
const NOT_A_NUMBER = { status: 400, body: { code: 21211 } }

const fakes = await startFakes()

/** Writes one SMS and delivers it `times` times, as a worker would. */
async function delivered(
  content: Content = code,
  { times = 1, at = NOW, stop }: { times?: number; at?: Date; stop?: AbortSignal } = {},
) {
  const { createBreakers } = await import('@/lib/messaging/worker/breaker')
  const [row] = await written(sms(content))
  const id = row?.id ?? ''
  // New breakers each time, so that none opens.
  for (let time = 0; time < times; time++) await deliverAt(id, () => at, stop, createBreakers())
  return read(id)
}

const secondsUntilNext = async () =>
  (((await listQueue()).at(-1)?.runAt?.getTime() ?? Number.NaN) - NOW.getTime()) / 1_000

describe('a failing provider', () => {
  it('is followed by the next provider', async () => {
    fakes.answers.twilio = OUTAGE
    expect(await delivered()).toMatchObject({
      sentAt: NOW,
      provider: 'vonage',
      attempts: 1,
      sealedBody: null,
    })
    expect(fakes.received.map(({ provider }) => provider)).toEqual(['twilio', 'vonage'])
  })

  it('R64 is called again after growing waits when it is the only one', async () => {
    fakes.answers.twilio = fakes.answers.vonage = OUTAGE
    const row = await delivered()
    expect(row).toMatchObject({
      sentAt: null,
      failedAt: null,
      attempts: 1,
      lastError: 'vonage 503',
    })
    expect(row.sealedBody).not.toBeNull()
    expect(await secondsUntilNext()).toBeGreaterThanOrEqual(0.5)
    expect(await secondsUntilNext()).toBeLessThanOrEqual(1)
    await delivered(code, { times: 5 })
    expect(await secondsUntilNext()).toBeGreaterThanOrEqual(8)
  })

  it('is called again by any worker', async () => {
    fakes.answers.twilio = fakes.answers.vonage = OUTAGE
    const { id } = await delivered(code, { times: 4 })
    expect(await listQueue()).toMatchObject([{ id, claimedBy: null, urgency: 0 }])
  })

  it('is not called sooner than it asked', async () => {
    fakes.answers.twilio = OUTAGE
    fakes.answers.vonage = { status: 429, body: {}, headers: { 'retry-after': '40' } }
    await delivered()
    expect(await secondsUntilNext()).toBe(40)
  })

  it('receives the message when it works again', async () => {
    fakes.answers.twilio = fakes.answers.vonage = OUTAGE
    const { id } = await delivered(code, { times: 2 })
    fakes.answers.twilio = 'accept'
    await deliverAt(id, () => NOW)
    expect(await read(id)).toMatchObject({
      sentAt: NOW,
      provider: 'twilio',
      attempts: 3,
      lastError: null,
    })
    expect(await countedSms()).toBe(1)
  })
})

describe('a dead letter', () => {
  it('is a message that expires before a provider accepts it: its reason is recorded and its code erased', async () => {
    fakes.answers.twilio = fakes.answers.vonage = OUTAGE
    const at = new Date(minutesLater(10).getTime() - 1_100)
    expect(await delivered(code, { at })).toMatchObject({
      sentAt: null,
      failedAt: at,
      lastError: 'vonage 503',
      sealedBody: null,
    })
  })

  it('is a message in the last second of its lifetime, and no provider is called', async () => {
    const at = new Date(minutesLater(10).getTime() - 900)
    expect(await delivered(code, { at })).toMatchObject({
      sentAt: null,
      failedAt: at,
      lastError: 'expired',
      sealedBody: null,
    })
    expect(fakes.received).toEqual([])
  })

  it('R64 is a message without attempts left, and is not sent again', async () => {
    fakes.answers.twilio = fakes.answers.vonage = OUTAGE
    expect(await delivered(code, { times: 25 })).toMatchObject({
      failedAt: NOW,
      attempts: 20,
      sealedBody: null,
    })
    expect(fakes.received).toHaveLength(40)
  })

  it('is a message to an invalid address, and neither provider is called again', async () => {
    fakes.answers.twilio = NOT_A_NUMBER
    expect(await delivered()).toMatchObject({
      failedAt: NOW,
      lastError: 'twilio 21211',
      sealedBody: null,
    })
    expect(fakes.received).toHaveLength(1)
  })

  it('keeps the body of a notice for a replay', async () => {
    fakes.answers.twilio = NOT_A_NUMBER
    const row = await delivered(notice)
    expect(row).toMatchObject({ failedAt: NOW, lastError: 'twilio 21211' })
    expect(row.sealedBody).not.toBeNull()
  })

  it('is a message that killed its worker too often, and is not sent again', async () => {
    const { db } = await import('@/lib/platform/db')
    const [row] = await written(sms())
    await db().message.updateMany({ data: { attempts: 20 } })
    await deliverAt(row?.id ?? '', () => NOW)
    expect(await read(row?.id ?? '')).toMatchObject({
      failedAt: NOW,
      lastError: 'too many attempts',
      sealedBody: null,
    })
    expect(fakes.received).toEqual([])
  })
})

describe('a message that expires while one provider fails', () => {
  it('is not passed to the next provider', async () => {
    fakes.answers.twilio = OUTAGE
    const [row] = await written(sms())
    const late = () => (fakes.received.length === 0 ? NOW : minutesLater(10))
    await deliverAt(row?.id ?? '', late)
    expect(fakes.received.map(({ provider }) => provider)).toEqual(['twilio'])
    expect(await read(row?.id ?? '')).toMatchObject({
      sentAt: null,
      failedAt: minutesLater(10),
      lastError: 'twilio 503',
      sealedBody: null,
    })
  })
})

describe('a provider that does not answer', () => {
  it('is abandoned when the worker stops, and the message is retried', async () => {
    fakes.answers.twilio = 'hang'
    const stop = new AbortController()
    const attempt = delivered(code, { stop: stop.signal })
    await vi.waitFor(() => expect(fakes.received).toMatchObject([{ to: PHONE.value }]), 10_000)
    stop.abort()
    expect(await attempt).toMatchObject({
      sentAt: null,
      failedAt: null,
      lastError: 'twilio AbortError',
    })
    expect(await listQueue()).toMatchObject([{ claimedBy: null }])
  })
})
