import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Outgoing } from '@/lib/messaging'
import { fallBack, fallBackSilent } from '@/lib/messaging/outbox/fall-back'
import { type Receipt, recordReceipt } from '@/lib/messaging/webhooks/receipts'
import { createBreakers } from '@/lib/messaging/worker/breaker'
import { db } from '@/lib/platform/db'
import { onPool } from '@/lib/platform/sql'
import { atOnce } from '@/tests/support/accounts'
import { whatsappEnvironment } from '@/tests/support/fake-providers'
import {
  CODE,
  countedSms,
  deliverAt,
  NOW,
  notice,
  PHONE,
  read,
  sms,
  written,
} from '../support/messaging-actions'
import { startFakes } from './messaging-fakes'

const fakes = await startFakes()

beforeAll(() => {
  const environment = { ...whatsappEnvironment(fakes.url), WHATSAPP_PROVIDERS: 'meta' }
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
})

const whatsapp = (more: Partial<Outgoing> = {}): Outgoing => ({
  ...sms(),
  channel: 'whatsapp',
  ...more,
})
const secondsLater = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000)
const deliver = (id: string, seconds = 0) =>
  deliverAt(id, () => secondsLater(seconds), undefined, createBreakers())

/** A WhatsApp message that was delivered to the provider, or refused by it. */
async function sent(message = whatsapp()) {
  const [row] = await written(message)
  const id = row?.id ?? ''
  await deliver(id)
  return id
}

const replacements = () =>
  db().message.findMany({ where: { channel: 'sms' }, orderBy: { createdAt: 'asc' } })

const receipt = async (id: string, state: Receipt['state']) => {
  const { providerId } = await read(id)
  const now = secondsLater(5)
  return recordReceipt({
    provider: 'meta',
    providerId: providerId ?? '',
    state,
    reason: 'meta 1',
    now,
  })
}

describe('a WhatsApp message', () => {
  it('that has arrived is followed by none, and keeps its encrypted body until its end', async () => {
    const id = await sent()
    expect(fakes.received).toMatchObject([{ provider: 'meta', to: PHONE.value, text: CODE }])
    expect(await read(id)).toMatchObject({
      sentAt: NOW,
      sealedBody: expect.any(String),
      fallbackAt: secondsLater(20),
    })
    await receipt(id, 'delivered')
    expect([await fallBackSilent(secondsLater(599)), await replacements()]).toEqual([0, []])
    expect([await fallBackSilent(secondsLater(600)), await replacements()]).toEqual([1, []])
    expect(await read(id)).toMatchObject({ sealedBody: null, fallbackAt: null })
  })

  it('without a receipt for 20 seconds is followed by one SMS with the same code and end', async () => {
    const id = await sent()
    const { expiresAt, createdAt } = await read(id)
    expect(await fallBackSilent(secondsLater(19.9))).toBe(0)
    expect(await fallBackSilent(secondsLater(20))).toBe(1)
    expect(await fallBackSilent(secondsLater(21))).toBe(0)
    const [follower, ...others] = await replacements()
    expect(others).toEqual([])
    expect(follower).toMatchObject({
      kind: 'code.reset_password',
      createdAt,
      expiresAt,
      attempts: 0,
    })
    expect(await read(id)).toMatchObject({ sentAt: NOW, failedAt: null, sealedBody: null })
    await deliver(follower?.id ?? '', 21)
    expect(fakes.received.map(({ provider, text }) => [provider, text.includes(CODE)])).toEqual([
      ['meta', true],
      ['twilio', true],
    ])
    expect(await countedSms()).toBe(2)
    expect(await read(follower?.id ?? '')).toMatchObject({ sealedBody: null, failedAt: null })
  })

  it('that fails by its receipt is followed at once, and once', async () => {
    const id = await sent()
    await Promise.all([receipt(id, 'undeliverable'), receipt(id, 'undeliverable')])
    expect(await replacements()).toHaveLength(1)
    expect(await read(id)).toMatchObject({
      lastError: 'meta 1',
      sealedBody: null,
      fallbackAt: null,
    })
  })

  it('whose delivery is reported after the SMS has followed counts as delivered', async () => {
    const id = await sent()
    await fallBackSilent(secondsLater(20))
    await receipt(id, 'delivered')
    expect(await read(id)).toMatchObject({ deliveredAt: secondsLater(5) })
    expect(await replacements()).toHaveLength(1)
  })

  it.each([
    ['rejects the number', 400, 131026],
    ['refuses a template that is paused', 400, 132015],
    ['refuses our key', 401, 190],
  ])('is followed at once when the provider %s', async (_, status, code) => {
    fakes.answers.meta = { status, body: { error: { code } } }
    const id = await sent()
    expect(await read(id)).toMatchObject({
      sentAt: null,
      failedAt: NOW,
      lastError: `meta ${status} ${code}`,
      sealedBody: null,
      runAt: null,
    })
    expect(await replacements()).toMatchObject([{ runAt: expect.any(Date) }])
  })

  it.each([130429, 131056, 80007])(
    'waits while error %i asks it to, and is followed after 20 seconds',
    async (code) => {
      fakes.answers.meta = { status: 400, body: { error: { code } } }
      const id = await sent()
      expect([(await read(id)).failedAt, await replacements()]).toEqual([null, []])
      expect(await fallBackSilent(secondsLater(20))).toBe(1)
      expect(await read(id)).toMatchObject({
        failedAt: secondsLater(20),
        lastError: 'silence',
        runAt: null,
      })
      await deliver(id, 21)
      expect(fakes.received).toHaveLength(1)
    },
  )

  it('with a notice that has arrived keeps nothing', async () => {
    const id = await sent(whatsapp({ content: notice, expiresAt: secondsLater(3_600) }))
    await receipt(id, 'delivered')
    expect(await read(id)).toMatchObject({ sealedBody: null, fallbackAt: null })
  })

  it('with a notice waits a quarter of an hour for its receipt', async () => {
    const id = await sent(whatsapp({ content: notice, expiresAt: secondsLater(3_600) }))
    expect(fakes.received[0]?.text).toContain('kata sandi akunmu diatur ulang')
    expect(await fallBackSilent(secondsLater(899))).toBe(0)
    expect(await fallBackSilent(secondsLater(900))).toBe(1)
    expect([(await read(id)).sealedBody, await replacements()]).toMatchObject([
      null,
      [{ urgency: 1 }],
    ])
  })

  it('that has expired is not followed', async () => {
    await written(whatsapp({ expiresAt: secondsLater(10) }))
    await fallBackSilent(secondsLater(20))
    expect(await replacements()).toEqual([])
  })

  it('to nobody is as one that has arrived: replaced when asked, by an SMS to nobody', async () => {
    const id = await sent(whatsapp({ to: null }))
    expect(fakes.received).toEqual([])
    expect(await fallBackSilent(secondsLater(20))).toBe(0)
    const reason = { cause: 'receipt', reason: 'asked', now: secondsLater(30) } as const
    expect(await fallBack(onPool, [id], reason)).toBe(1)
    expect(await replacements()).toMatchObject([{ sealedTo: null }])
    expect(await read(id)).toMatchObject({ sealedBody: null, fallbackAt: null })
  })

  it('is followed by one SMS when the silence, receipts and a refusal come together', async () => {
    for (let round = 0; round < 5; round++) {
      const id = await sent()
      await atOnce(12, (nth) =>
        nth % 2 === 0 ? receipt(id, 'failed').then(() => 0) : fallBackSilent(secondsLater(30)),
      )
      expect(await replacements()).toHaveLength(1)
    }
  })

  it('has arrived or is followed, never both, when delivery and silence come together', async () => {
    for (let round = 0; round < 10; round++) {
      const id = await sent()
      const [, followed] = await Promise.all([
        receipt(id, 'delivered'),
        fallBackSilent(secondsLater(20)),
      ])
      expect(await replacements()).toHaveLength(followed)
      expect((await read(id)).deliveredAt).toEqual(secondsLater(5))
    }
  })
})
