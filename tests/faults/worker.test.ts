import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { db } from '@/lib/platform/db'
import { acceptAll, type FakeProviders, startFakeProviders } from '@/tests/support/fake-providers'
import { countWaiting, PATIENCE, PHONE, sendCode as send, TEST_MS } from './causes'
import { killWorkerProcesses, startWorkerProcess } from './worker-process'

const CODE = '071923'

let fakes: FakeProviders

beforeAll(async () => {
  fakes = await startFakeProviders()
})

afterAll(() => fakes.close())

beforeEach(() => {
  fakes.received.length = 0
  fakes.answers = acceptAll()
})

afterEach(async () => {
  await killWorkerProcesses()
  await db().message.deleteMany()
})

const sendCode = () => send({ code: CODE })

const untilReceived = (count: number) =>
  vi.waitFor(() => expect(fakes.received).toHaveLength(count), PATIENCE)
const untilSent = () =>
  vi.waitFor(
    async () => expect(await db().message.findFirst()).toMatchObject({ sentAt: expect.any(Date) }),
    PATIENCE,
  )

/**
 * Sends a code through a provider that does not answer, so that it stays in the hands of the worker
 * that runs.
 */
async function holdCode() {
  fakes.answers.twilio = 'hang'
  await sendCode()
  await untilReceived(1)
  fakes.answers.twilio = 'accept'
}

describe('a worker that is killed in mid-send', () => {
  it('leaves the message to another one within a minute', { timeout: TEST_MS }, async () => {
    // The first one holds it for twice the time of a send, however long the second takes to start.
    fakes.answers.vonage = 'hang'
    const first = await startWorkerProcess(fakes.url)
    await holdCode()
    await startWorkerProcess(fakes.url)
    await first.kill()
    await untilSent()
    expect(fakes.received.at(-1)).toMatchObject({
      to: PHONE.value,
      text: expect.stringMatching(/^071923 /),
    })
    expect(await db().message.findFirst()).toMatchObject({
      attempts: 2,
      provider: 'twilio',
      sealedBody: null,
    })
  })

  it('leaves the message to its own successor when it was alone', {
    timeout: TEST_MS,
  }, async () => {
    const first = await startWorkerProcess(fakes.url)
    await holdCode()
    await first.kill()
    await startWorkerProcess(fakes.url)
    await untilSent()
    await vi.waitFor(async () => expect(await countWaiting()).toBe(0), 10_000)
  })
})

describe('a worker that starts with a key that a provider does not know', () => {
  it('keeps that for whoever asks whether we are ready, and works on', {
    timeout: TEST_MS,
  }, async () => {
    fakes.answers.twilio = { status: 401, body: { code: 20003 } }
    await startWorkerProcess(fakes.url)
    const faults = () =>
      db().providerFault.findMany({
        select: { provider: true, refuses: true },
        orderBy: { provider: 'asc' },
      })
    // Twilio's key serves both of its channels.
    const refused = ['twilio', 'twilio_whatsapp'].map((provider) => ({ provider, refuses: 'key' }))
    await vi.waitFor(async () => expect(await faults()).toEqual(refused), PATIENCE)
    expect(fakes.received).toEqual([])
    await sendCode()
    await untilSent()
    expect(await db().message.findFirst()).toMatchObject({ provider: 'vonage' })
    await db().providerFault.deleteMany()
  })
})

describe('a worker that is slow', () => {
  it('keeps its message for as long as it lives', { timeout: TEST_MS }, async () => {
    await startWorkerProcess(fakes.url)
    await holdCode()
    await startWorkerProcess(fakes.url)
    await untilSent()
    expect(fakes.received.map(({ provider }) => provider)).toEqual(['twilio', 'vonage'])
    expect(await db().message.findFirst()).toMatchObject({ attempts: 1, provider: 'vonage' })
  })
})

describe('a worker that is told to stop in mid-send', () => {
  it('ends in order, and leaves the message to be sent again', { timeout: TEST_MS }, async () => {
    const first = await startWorkerProcess(fakes.url)
    await holdCode()
    expect(await first.end()).toBe(0)
    expect(await db().message.findFirst()).toMatchObject({
      sentAt: null,
      failedAt: null,
      lastError: 'twilio AbortError',
    })
    await startWorkerProcess(fakes.url)
    await untilSent()
  })
})

describe('a queue that breaks while its messages are settled', () => {
  it('is taken up again when it is whole, and nothing is sent twice', {
    timeout: TEST_MS,
  }, async () => {
    const inHand = 10
    fakes.answers.twilio = 'hang'
    await startWorkerProcess(fakes.url)
    for (let count = 0; count < inHand; count++) await sendCode()
    await untilReceived(inHand)
    await db().$executeRaw`ALTER TABLE "Message" RENAME COLUMN "claimedBy" TO broken`
    await untilReceived(2 * inHand)
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect(await db().message.count({ where: { provider: 'vonage' } })).toBe(0)
    await db().$executeRaw`ALTER TABLE "Message" RENAME COLUMN broken TO "claimedBy"`
    fakes.answers.twilio = 'accept'
    await sendCode()
    await vi.waitFor(
      async () =>
        expect(await db().message.count({ where: { sentAt: { not: null } } })).toBe(inHand + 1),
      PATIENCE,
    )
    await vi.waitFor(async () => expect(await countWaiting()).toBe(0), PATIENCE)
    expect(fakes.received).toHaveLength(2 * inHand + 1)
  })
})

describe('providers that all fail', () => {
  it('get the message once they are back, and nothing is left in the queue', {
    timeout: TEST_MS,
  }, async () => {
    fakes.answers.twilio = fakes.answers.vonage = { status: 503, body: {} }
    await startWorkerProcess(fakes.url)
    await sendCode()
    await untilReceived(6)
    fakes.answers.vonage = 'accept'
    await untilSent()
    expect(await db().message.findFirst()).toMatchObject({ provider: 'vonage', lastError: null })
    await vi.waitFor(async () => expect(await countWaiting()).toBe(0), 10_000)
  })
})
