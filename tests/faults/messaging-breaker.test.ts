import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type Content, sendMessages } from '@/lib/messaging'
import { type Breakers, createBreakers } from '@/lib/messaging/worker/breaker'
import { db, transaction } from '@/lib/platform/db'
import {
  clear,
  code,
  countedSms,
  deliverAt,
  listQueue,
  NOW,
  notice,
  sms,
} from '../support/messaging-actions'
import { startFakes } from './messaging-fakes'

const OUTAGE = { status: 503, body: {} }
const NOT_A_NUMBER = { status: 400, body: { code: 21211 } }
const inSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000)

const fakes = await startFakes()
let breakers: Breakers

beforeEach(() => {
  breakers = createBreakers()
})

async function write(count: number, content: Content = notice) {
  const before = (await db().message.findMany({ select: { id: true } })).map(({ id }) => id)
  await transaction((tx) => sendMessages(tx, Array(count).fill(sms(content)), NOW))
  return db().message.findMany({ where: { id: { notIn: before } } })
}

/**
 * Writes messages and delivers them in sequence. Returns the providers that were called, in order.
 */
async function deliver(count: number, now = NOW, content: Content = notice) {
  const start = fakes.received.length
  for (const { id } of await write(count, content))
    await deliverAt(id, () => now, undefined, breakers)
  return fakes.received.slice(start).map(({ provider }) => provider)
}

const BOTH = ['twilio', 'vonage']

describe('a failing provider', () => {
  beforeEach(() => {
    fakes.answers.twilio = OUTAGE
  })

  it('is called five times and then skipped: later messages go to the next one at once', async () => {
    expect(await deliver(5)).toEqual([...BOTH, ...BOTH, ...BOTH, ...BOTH, ...BOTH])
    expect(await deliver(3)).toEqual(['vonage', 'vonage', 'vonage'])
    expect(await db().message.count({ where: { provider: 'vonage', sentAt: NOW } })).toBe(8)
  })

  it('is tried with one of twenty concurrent messages after its wait, and receives the others once it works', async () => {
    await deliver(5)
    fakes.received.length = 0
    const messages = await write(20)
    await Promise.all(
      messages.map(({ id }) => deliverAt(id, () => inSeconds(5), undefined, breakers)),
    )
    expect(fakes.received.filter(({ provider }) => provider === 'twilio')).toHaveLength(1)
    fakes.answers.twilio = 'accept'
    expect(await deliver(2, inSeconds(15))).toEqual(['twilio', 'twilio'])
  })

  it('is skipped for as long as it asked', async () => {
    fakes.answers.twilio = { status: 429, body: {}, headers: { 'retry-after': '90' } }
    await deliver(5)
    expect(await deliver(1, inSeconds(89))).toEqual(['vonage'])
    expect(await deliver(1, inSeconds(90))).toEqual(BOTH)
  })
})

describe('a provider that refuses recipients', () => {
  it('is called for every message, because it works', async () => {
    fakes.answers.twilio = NOT_A_NUMBER
    expect(await deliver(12)).toEqual(Array(12).fill('twilio'))
    fakes.answers.twilio = 'accept'
    expect(await deliver(1)).toEqual(['twilio'])
  })
})

describe('while every provider fails, a message', () => {
  beforeEach(async () => {
    fakes.answers.twilio = fakes.answers.vonage = OUTAGE
    await deliver(5)
    await clear()
  })

  it('waits until one may be called again, and counts no attempt', async () => {
    expect(await deliver(1)).toEqual([])
    expect(await db().message.findMany()).toMatchObject([
      { attempts: 0, sentAt: null, failedAt: null, lastError: null },
    ])
    const [next, ...others] = await listQueue()
    expect(others).toEqual([])
    expect(next?.runAt?.getTime()).toBeGreaterThan(inSeconds(5).getTime())
    expect(next?.runAt?.getTime()).toBeLessThanOrEqual(inSeconds(10).getTime())
  })

  it('keeps its attempts and counts as one SMS however often it waits, and is delivered when one works again', async () => {
    const [message] = await write(1)
    const id = message?.id ?? ''
    for (let time = 0; time < 50; time++)
      await deliverAt(id, () => inSeconds(4), undefined, breakers)
    fakes.answers.vonage = 'accept'
    await deliverAt(id, () => inSeconds(5), undefined, breakers)
    expect(await db().message.findMany()).toMatchObject([
      { attempts: 1, provider: 'vonage', sentAt: inSeconds(5) },
    ])
    expect(await countedSms()).toBe(1)
  })

  it('fails when it would expire during the wait', async () => {
    expect(await deliver(1, inSeconds(597), code)).toEqual(BOTH)
    await clear()
    expect(await deliver(1, inSeconds(598), code)).toEqual([])
    const given = {
      failedAt: inSeconds(598),
      lastError: 'every provider is out of order',
      sealedBody: null,
    }
    expect(await db().message.findMany()).toMatchObject([given])
  })
})

describe('an interrupted send', () => {
  /** Delivers a message to a provider that does not answer, until `cut` interrupts it. */
  async function deliverCut(now: Date, cut: (stop: AbortController) => void) {
    const [message] = await write(1)
    const stop = new AbortController()
    const asked = fakes.received.length
    const delivery = deliverAt(message?.id ?? '', () => now, stop.signal, breakers)
    await vi.waitFor(() => expect(fakes.received.length).toBeGreaterThan(asked), 10_000)
    cut(stop)
    await delivery
  }

  beforeEach(() => {
    fakes.answers.twilio = 'hang'
  })

  it.each<[string, Date, (stop: AbortController) => void]>([
    ['a worker that stops', NOW, (stop) => stop.abort()],
    ['the end of the message’s life', inSeconds(598.9), () => {}],
  ])('by %s does not count as a failure of the provider', async (_, now, cut) => {
    for (let time = 0; time < 6; time++) await deliverCut(now, cut)
    fakes.answers.twilio = 'accept'
    expect(await deliver(1, now)).toEqual(['twilio'])
  })
})

// The last test of the file, because it stops the providers.
describe('a provider whose connections fail', () => {
  it('counts as failing', async () => {
    await fakes.close()
    await deliver(5)
    await clear()
    await deliver(1)
    expect(await db().message.findMany()).toMatchObject([{ attempts: 0, lastError: null }])
  })
})
