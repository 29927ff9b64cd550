import { beforeAll, describe, expect, it, vi } from 'vitest'
import { settleRestored } from '@/lib/messaging'
import { fallBack, fallBackSilent } from '@/lib/messaging/outbox/fall-back'
import { onPool } from '@/lib/platform/sql'
import { atOnce } from '@/tests/support/accounts'
import { whatsappEnvironment } from '@/tests/support/provider-environment'
import { CODE, countedSms, NOW, notice, PHONE, read, written } from '../support/messaging-actions'
import { startFakes } from './messaging-fakes'
import { deliver, receipt, replacements, secondsLater, sent, whatsapp } from './whatsapp-actions'

const fakes = await startFakes()

beforeAll(() => {
  const environment = { ...whatsappEnvironment(fakes.url), WHATSAPP_PROVIDERS: 'meta' }
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
})

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

  it('of a restored backup is not followed, whether it was sent or not', async () => {
    await sent(whatsapp({ content: notice, expiresAt: secondsLater(3_600) }))
    expect(await settleRestored(secondsLater(60))).toBe(0)
    expect([await fallBackSilent(secondsLater(900)), await replacements()]).toEqual([0, []])
    await written(whatsapp({ content: notice, expiresAt: secondsLater(3_600) }))
    expect(await settleRestored(secondsLater(60))).toBe(1)
    expect([await fallBackSilent(secondsLater(900)), await replacements()]).toEqual([0, []])
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
