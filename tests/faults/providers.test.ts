import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { db } from '@/lib/platform/db'
import {
  type Answer,
  type FakeProviders,
  type Received,
  startFakeProviders,
} from '@/tests/support/fake-providers'
import { EMAIL, PATIENCE, sendCode, sendNotice, TEST_MS, untilNoneWaits, untilSent } from './causes'
import { killWorkerProcesses, startWorkerProcess } from './worker-process'

let fakes: FakeProviders

beforeAll(async () => {
  fakes = await startFakeProviders()
  await startWorkerProcess(fakes.url)
})

afterAll(async () => {
  await killWorkerProcesses()
  await fakes.close()
})

afterEach(async () => {
  await db().message.deleteMany()
  fakes.received.length = 0
})

const answerAll = (answer: Answer) => {
  fakes.answers = { ...fakes.answers, twilio: answer, vonage: answer, resend: answer }
}

const REFERENCE = 'BCDF2345'

/** Sends a code by SMS and by e-mail and a notice, while providers answer so to the first request for each, and then take all. */
async function sendThrough(answer: Answer) {
  answerAll(answer)
  const codes = [await sendCode(), await sendCode({ to: EMAIL })]
  await sendNotice(REFERENCE)
  const said = [...codes, REFERENCE]
  const about = (word: string) => fakes.received.filter(({ text }) => text.includes(word))
  await vi.waitFor(() => expect(said.every((word) => about(word).length > 0)).toBe(true), PATIENCE)
  answerAll('accept')
  await untilSent(said.length)
  await untilNoneWaits()
  return said.map(about)
}

const keysOf = (requests: Received[]) =>
  new Set(requests.map(({ headers }) => headers['idempotency-key']))

describe('a provider that', { timeout: TEST_MS }, () => {
  it.each<[string, Answer]>([
    ['accepts', 'accept'],
    ['is slow to accept', { acceptAfterMs: 3_000 }],
  ])('%s is given each message once', async (_, answer) => {
    for (const requests of await sendThrough(answer)) expect(requests).toHaveLength(1)
    expect(
      await db().message.count({ where: { attempts: 1, failedAt: null, lastError: null } }),
    ).toBe(3)
  })

  it.each<[string, Answer]>([
    ['answers 500', { status: 500, body: { message: 'oops' } }],
    ['answers 429', { status: 429, body: {}, headers: { 'retry-after': '2' } }],
    [
      'refuses our key',
      {
        status: 401,
        body: { statusCode: 401, name: 'missing_api_key', message: 'none', code: 20003 },
      },
    ],
  ])(
    '%s and then recovers is left with each message, one row for each and delivered',
    async (_, answer) => {
      await sendThrough(answer)
      expect(await db().message.findMany({ select: { failedAt: true, lastError: true } })).toEqual(
        Array(3).fill({ failedAt: null, lastError: null }),
      )
    },
  )

  it.each<[string, Answer]>([
    ['drops the connection', 'drop'],
    ['answers with half a JSON', 'garble'],
    ['never answers', 'hang'],
  ])(
    'R64 took a message and %s is asked again: the same words, by the same key',
    async (_, answer) => {
      const sends = await sendThrough(answer)
      for (const requests of sends) {
        expect(requests.length).toBeGreaterThan(1)
        const mails = requests.filter(({ provider }) => provider === 'resend')
        if (mails.length > 0) expect(keysOf(mails).size).toBe(1)
        expect(new Set(requests.map(({ text }) => text)).size).toBe(1)
      }
      expect(await db().message.count({ where: { sentAt: { not: null }, sealedBody: null } })).toBe(
        3,
      )
    },
  )
})

describe('a code', { timeout: TEST_MS }, () => {
  it('that no provider took before it expired is not sent any more', async () => {
    answerAll({ status: 503, body: {} })
    const lifetimeSeconds = 4
    await sendCode({ lifetimeSeconds })
    await vi.waitFor(
      async () => expect(await db().message.count({ where: { failedAt: { not: null } } })).toBe(1),
      PATIENCE,
    )
    const { expiresAt } = await db().message.findFirstOrThrow()
    answerAll('accept')
    await sendNotice(REFERENCE)
    await untilSent(1)
    await untilNoneWaits()
    const asked = fakes.received.filter(({ text }) => !text.includes(REFERENCE))
    expect(asked.length).toBeGreaterThan(0)
    for (const { at } of asked) expect(at < expiresAt).toBe(true)
    expect(
      await db().message.count({
        where: { kind: 'code.reset_password', sentAt: null, sealedBody: null },
      }),
    ).toBe(1)
  })
})
