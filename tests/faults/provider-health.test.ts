import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { GET } from '@/app/readyz/route'
import { createBreakers } from '@/lib/messaging/worker/breaker'
import { createProbe } from '@/lib/messaging/worker/provider-health'
import { db } from '@/lib/platform/db'
import {
  code,
  deliverAt,
  email,
  listQueue,
  notice,
  read,
  sms,
  written,
} from '../support/messaging-actions'
import { startFakes } from './messaging-fakes'

const NOW = new Date()
const A_CHECK_IS_FRESH_MS = 1_100
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000)

const WRONG_KEY = {
  status: 401,
  body: { code: 20003, statusCode: 401, name: 'missing_api_key', message: 'none' },
}
const WRONG_SENDER = { status: 400, body: { code: 21606 } }

const fakes = await startFakes()

beforeEach(async () => {
  await db().providerFault.deleteMany()
})

async function readiness() {
  const response = await GET()
  return [response.status, (await response.text()).trim()]
}
async function freshReadiness() {
  await sleep(A_CHECK_IS_FRESH_MS)
  return readiness()
}
const untilReadinessIs = (status: number, text: string) =>
  vi.waitFor(async () => expect(await readiness()).toEqual([status, text]), { timeout: 5_000 })

async function deliver(message = sms(code)) {
  const [row] = await written({ ...message, expiresAt: new Date(Date.now() + 600_000) })
  await deliverAt(row?.id ?? '', () => new Date(), undefined, createBreakers())
  return read(row?.id ?? '')
}

const probe = () => createProbe(() => new Date(), new AbortController().signal)

describe('a provider that refuses our key', () => {
  it('is followed by the next provider, and is named until it accepts a message', async () => {
    fakes.answers.twilio = WRONG_KEY
    expect(await deliver()).toMatchObject({ provider: 'vonage', lastError: null })
    await untilReadinessIs(200, 'ready, but twilio refuses its key')
    fakes.answers.twilio = 'accept'
    expect(await deliver()).toMatchObject({ provider: 'twilio' })
    await untilReadinessIs(200, 'ready')
  })

  it('loses no message when it is the only one, and the pages are served meanwhile', async () => {
    fakes.answers.resend = WRONG_KEY
    const row = await deliver(email(notice))
    expect(row).toMatchObject({
      sentAt: null,
      failedAt: null,
      lastError: 'resend 401 missing_api_key',
    })
    expect(row.sealedBody).not.toBeNull()
    expect(await listQueue()).toHaveLength(1)
    await untilReadinessIs(200, 'ready, but resend refuses its key')
  })

  it('is distinguished from one that refuses our sender', async () => {
    fakes.answers.twilio = WRONG_SENDER
    fakes.answers.vonage = { status: 200, body: { messages: [{ status: '4' }] } }
    expect(await deliver()).toMatchObject({ sentAt: null, failedAt: null })
    await untilReadinessIs(200, 'ready, but twilio refuses its sender, vonage refuses its key')
  })

  it('is skipped for a while, like a failing one', async () => {
    fakes.answers.twilio = WRONG_KEY
    const breakers = createBreakers()
    for (let time = 0; time < 6; time++) {
      const [row] = await written({ ...sms(notice), expiresAt: new Date(Date.now() + 600_000) })
      await deliverAt(row?.id ?? '', () => new Date(), undefined, breakers)
    }
    expect(fakes.received.filter(({ provider }) => provider === 'twilio')).toHaveLength(5)
    await untilReadinessIs(200, 'ready, but twilio refuses its key')
  })
})

describe('a worker that starts', () => {
  it('checks our key with every provider, and sends nothing', async () => {
    fakes.answers.twilio = fakes.answers.resend = WRONG_KEY
    await probe()()
    expect(await freshReadiness()).toEqual([
      200,
      'ready, but resend refuses its key, twilio refuses its key',
    ])
    expect(fakes.received).toEqual([])
  })

  it('is not delayed by a failing provider', async () => {
    fakes.answers.twilio = fakes.answers.vonage = fakes.answers.resend = { status: 503, body: {} }
    await probe()()
    expect(await freshReadiness()).toEqual([200, 'ready'])
  })

  it('repeats the check with the providers that refused the key, and is ready once they accept it', async () => {
    fakes.answers.vonage = WRONG_KEY
    const checkAgain = probe()
    await checkAgain()
    expect(await freshReadiness()).toEqual([200, 'ready, but vonage refuses its key'])
    fakes.answers.vonage = 'accept'
    fakes.answers.twilio = WRONG_KEY
    await checkAgain()
    expect(await freshReadiness()).toEqual([200, 'ready'])
  })

  it('does not clear a refused sender: only an accepted message does', async () => {
    await db().providerFault.create({
      data: { provider: 'twilio', refuses: 'sender', seenAt: NOW },
    })
    await probe()()
    expect(await freshReadiness()).toEqual([200, 'ready, but twilio refuses its sender'])
  })
})

describe('a refusal', () => {
  it.each([
    ['of a provider that is not used any more', { provider: 'smtp', refuses: 'key', seenAt: NOW }],
    [
      'that nothing has repeated for long',
      { provider: 'twilio', refuses: 'sender', seenAt: minutesAgo(16) },
    ],
  ] as const)('%s does not stop the product from being ready', async (_, data) => {
    await db().providerFault.create({ data })
    expect(await freshReadiness()).toEqual([200, 'ready'])
  })
})
