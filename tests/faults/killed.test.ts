import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { db, pool } from '@/lib/platform/db'
import { acceptAll, type FakeProviders, startFakeProviders } from '@/tests/support/fake-providers'
import { closeGate, dropWaiting, type Gate } from '@/tests/support/gate'
import { EMAIL, PHONE, sendCode, sendCodes, TEST_MS, untilNoneWaits, untilSent } from './causes'
import { killWorkerProcesses, startWorkerProcess } from './worker-process'

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
  await pool().query('DROP TRIGGER IF EXISTS "test_Message" ON "Message"')
  await pool().query('DROP TRIGGER IF EXISTS "test_SmsCount" ON "SmsCount"')
})

/** Kills a worker while it waits at a gate, and what it was just doing with it. */
async function killAt(gate: Gate, send: () => Promise<unknown>) {
  const worker = await startWorkerProcess(fakes.url)
  await send()
  await gate.crowd(1)
  await worker.kill()
  await dropWaiting()
  await gate.open()
}

describe('a worker that is killed', { timeout: TEST_MS }, () => {
  it('before it took a message leaves it to its successor, who sends it once', async () => {
    const worker = await startWorkerProcess(fakes.url)
    await worker.kill()
    const code = await sendCode()
    expect(fakes.received).toEqual([])
    await startWorkerProcess(fakes.url)
    await untilSent(1)
    await untilNoneWaits()
    expect(fakes.received).toMatchObject([
      { provider: 'twilio', text: expect.stringContaining(code) },
    ])
  })

  it('with a message in hand, before any provider was asked, leaves it to its successor, who sends it once', async () => {
    const worker = await startWorkerProcess(fakes.url)
    const gate = await closeGate('SmsCount')
    await sendCode()
    await gate.crowd(1)
    await worker.kill()
    await dropWaiting()
    await gate.open()
    expect(fakes.received).toEqual([])
    await startWorkerProcess(fakes.url)
    await untilSent(1)
    await untilNoneWaits()
    expect(fakes.received).toHaveLength(1)
  })

  it.each([
    ['an SMS', PHONE, 'sms', 'twilio'],
    ['a WhatsApp message', PHONE, 'whatsapp', 'meta'],
    ['an e-mail', EMAIL, 'email', 'resend'],
  ] as const)(
    'after a provider took %s, before that was stored, leaves it to be sent again: the same code, by the same key',
    async (_, to, channel, provider) => {
      const gate = await closeGate('Message', { event: 'UPDATE', when: 'NEW."sentAt" IS NOT NULL' })
      let code = ''
      await killAt(gate, async () => {
        code = await sendCode({ to, channel })
      })
      expect(fakes.received).toHaveLength(1)
      await startWorkerProcess(fakes.url)
      await untilSent(1)
      await untilNoneWaits()
      const again = {
        provider,
        to: to.value,
        text: expect.stringContaining(code),
      }
      expect(fakes.received).toMatchObject([again, again])
      expect(new Set(fakes.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
      const body = channel === 'whatsapp' ? expect.any(String) : null
      expect(await db().message.findMany()).toMatchObject([{ attempts: 2, sealedBody: body }])
    },
  )
})

describe('two workers on one queue', { timeout: TEST_MS }, () => {
  it('send each of many messages exactly once', async () => {
    fakes.answers.twilio = { acceptAfterMs: 50 }
    await Promise.all([startWorkerProcess(fakes.url), startWorkerProcess(fakes.url)])
    const codes = await sendCodes(200)
    await untilSent(codes.length)
    await untilNoneWaits()
    expect(fakes.received.map(({ text }) => text.slice(0, 6)).sort()).toEqual(codes)
    expect(await db().message.count({ where: { attempts: 1 } })).toBe(codes.length)
  })
})
