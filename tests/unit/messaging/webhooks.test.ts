import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  resendEvent,
  resendRequest,
  signResend,
  signTwilio,
  twilioFields,
  twilioRequest,
  webhookEnvironment,
} from '@/tests/support/webhooks'

const NOW = new Date('2026-11-23T07:30:00.000Z')
const secondsAway = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000)

const recordReceipt = vi.fn()
vi.mock('@/lib/messaging/webhooks/receipts', () => ({ recordReceipt }))

beforeEach(() => {
  recordReceipt.mockClear()
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  configure()
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
})

function configure(changed: Record<string, string> = {}) {
  for (const [name, value] of Object.entries({ ...webhookEnvironment(), ...changed }))
    vi.stubEnv(name, value)
  vi.resetModules()
}

const twilio = async (request: Request) =>
  (await import('@/lib/messaging/webhooks/twilio')).receiveTwilio(request, NOW)
const resend = async (request: Request) =>
  (await import('@/lib/messaging/webhooks/resend')).receiveResend(request, NOW)

/** What was recorded for a request, in the words of a receipt. */
const receipts = () =>
  recordReceipt.mock.calls.map(([{ providerId, state, reason }]) => [providerId, state, reason])

const DELIVERED = twilioFields('SM1', 'delivered')
const EVENT = resendEvent('email.delivered', 'e-1')

describe('a receipt of Twilio’s', () => {
  it('is taken when it is signed over our own URL and every parameter', async () => {
    expect(await twilio(twilioRequest(DELIVERED))).toBe(200)
    expect(recordReceipt.mock.calls).toMatchObject([
      [{ provider: 'twilio', providerId: 'SM1', state: 'delivered', now: NOW }],
    ])
  })

  it.each<[string, string | null]>([
    ['by nobody', null],
    ['by an empty text', ''],
    ['by something that is no signature', 'é'.repeat(28)],
    ['with another token', signTwilio(DELIVERED, { token: 'another' })],
    ['for another URL', signTwilio(DELIVERED, { url: 'https://fremd.example/webhooks/twilio' })],
    ['for other parameters', signTwilio(twilioFields('SM2', 'delivered'))],
    ['by the start of the right signature', signTwilio(DELIVERED).slice(0, 12)],
  ])('is refused when it is signed %s', async (_, signature) => {
    expect(await twilio(twilioRequest(DELIVERED, signature))).toBe(401)
    expect(recordReceipt).not.toHaveBeenCalled()
  })

  it.each<[string, string | undefined, string[]]>([
    ['undelivered', undefined, ['undeliverable', 'twilio undelivered']],
    ['undelivered', '30003', ['undeliverable', 'twilio 30003']],
    ['failed', '30006', ['undeliverable', 'twilio 30006']],
    ['undelivered', '30007', ['failed', 'twilio 30007']],
    ['failed', undefined, ['failed', 'twilio failed']],
  ])('of %s with error %s is understood as %s', async (status, code, expected) => {
    const fields = twilioFields('SM1', status, code ? [['ErrorCode', code]] : [])
    expect(await twilio(twilioRequest(fields))).toBe(200)
    expect(receipts()).toEqual([['SM1', ...expected]])
  })

  it.each(['queued', 'sent', 'a state of tomorrow'])(
    'of the state “%s” changes nothing',
    async (status) => {
      expect(await twilio(twilioRequest(twilioFields('SM1', status)))).toBe(200)
      expect(recordReceipt).not.toHaveBeenCalled()
    },
  )

  it.each([
    ['without an id', [['MessageStatus', 'delivered']]],
    ['without a state', [['MessageSid', 'SM1']]],
    ['with an id that is none', twilioFields('SM1\0', 'delivered')],
    ['with a fault that is none', twilioFields('SM1', 'failed', [['ErrorCode', '+6281298765432']])],
  ] satisfies [string, [string, string][]][])('%s is malformed', async (_, fields) => {
    expect(await twilio(twilioRequest(fields))).toBe(400)
    expect(recordReceipt).not.toHaveBeenCalled()
  })

  it('is not found while Twilio is not configured', async () => {
    configure({ SMS_PROVIDERS: 'vonage' })
    expect(await twilio(twilioRequest(DELIVERED))).toBe(404)
  })
})

describe('a receipt of Resend’s', () => {
  it('is taken when it is signed', async () => {
    expect(await resend(resendRequest(EVENT))).toBe(200)
    expect(recordReceipt.mock.calls).toMatchObject([
      [{ provider: 'resend', providerId: 'e-1', state: 'delivered', now: NOW }],
    ])
  })

  it('is taken when one of its signatures is right: secrets overlap while they are replaced', async () => {
    const older = signResend(EVENT, { secret: `whsec_${randomBytes(24).toString('base64')}` })
    expect(
      await resend(resendRequest(EVENT, { signature: `${older} v2,other ${signResend(EVENT)}` })),
    ).toBe(200)
  })

  it.each([
    ['by an empty text', ''],
    ['by something that is no signature', 'v1'],
    [
      'with another secret',
      signResend(EVENT, { secret: `whsec_${randomBytes(24).toString('base64')}`, at: NOW }),
    ],
    ['for another body', signResend(resendEvent('email.delivered', 'e-2'), { at: NOW })],
    ['for another id', signResend(EVENT, { id: 'msg_2', at: NOW })],
    ['for another time', signResend(EVENT, { at: secondsAway(-1) })],
    ['in a scheme that we do not know', signResend(EVENT, { at: NOW }).replace('v1,', 'v2,')],
  ])('is refused when it is signed %s', async (_, signature) => {
    expect(await resend(resendRequest(EVENT, { signature }))).toBe(401)
    expect(recordReceipt).not.toHaveBeenCalled()
  })

  it.each([
    [-300, 200],
    [300, 200],
    [-301, 401],
    [301, 401],
  ])('that was signed %i s from now is answered with %i', async (seconds, status) => {
    expect(await resend(resendRequest(EVENT, { at: secondsAway(seconds) }))).toBe(status)
  })

  it.each([
    ['email.bounced', { bounce: { type: 'Permanent' } }, ['undeliverable', 'resend bounced']],
    ['email.bounced', {}, ['undeliverable', 'resend bounced']],
    ['email.bounced', { bounce: { type: 'Transient' } }, ['failed', 'resend bounced']],
    ['email.complained', {}, ['undeliverable', 'resend complained']],
    ['email.suppressed', {}, ['undeliverable', 'resend suppressed']],
    ['email.failed', {}, ['failed', 'resend failed']],
  ])('of %s %o is understood as %s', async (type, more, expected) => {
    expect(await resend(resendRequest(resendEvent(type, 'e-1', more)))).toBe(200)
    expect(receipts()).toEqual([['e-1', ...expected]])
  })

  it.each(['email.opened', 'contact.created', 'an event of tomorrow'])(
    'of %s changes nothing',
    async (type) => {
      expect(await resend(resendRequest(resendEvent(type, 'e-1')))).toBe(200)
      expect(recordReceipt).not.toHaveBeenCalled()
    },
  )

  it.each([
    '',
    '{"type":',
    '[]',
    '{"type":"email.delivered"}',
    resendEvent('email.bounced', 'e 1'),
  ])('of %j is malformed', async (body) => {
    expect(await resend(resendRequest(body))).toBe(400)
    expect(recordReceipt).not.toHaveBeenCalled()
  })

  it('is not found while Resend is not configured, or has no secret', async () => {
    configure({ RESEND_WEBHOOK_SECRET: '' })
    expect(await resend(resendRequest(EVENT))).toBe(404)
    configure({ EMAIL_PROVIDERS: 'smtp', SMTP_URL: 'smtp://localhost' })
    expect(await resend(resendRequest(EVENT))).toBe(404)
  })

  it('stops the start with a secret that could check nothing', async () => {
    configure({ RESEND_WEBHOOK_SECRET: 'whsec_not base64' })
    const { env } = await import('@/lib/platform/env')
    expect(env).toThrow('RESEND_WEBHOOK_SECRET: must be')
  })
})

describe.each([
  ['twilio', twilio],
  ['resend', resend],
])('a body that is too long, sent to %s,', (_, receive) => {
  const KILOBYTE = new Uint8Array(1_024).fill(97)

  /** A request whose body goes on for as long as it is read; tells how much was, and whether it was given up. */
  function endless() {
    const told = { kilobytes: 0, isCancelled: false }
    const pull = (stream: ReadableStreamDefaultController) => {
      told.kilobytes += 1
      stream.enqueue(KILOBYTE)
    }
    const cancel = () => {
      told.isCancelled = true
    }
    const options = { method: 'POST', body: new ReadableStream({ pull, cancel }), duplex: 'half' }
    return { told, request: new Request('http://localhost:3000/', options) }
  }

  it('is refused while it is read, and read no further', async () => {
    const { told, request } = endless()
    expect(await receive(request)).toBe(413)
    expect(told.isCancelled).toBe(true)
    expect(told.kilobytes).toBeLessThan(70)
  })

  it('is so from 64 KB on', async () => {
    const request = (bytes: number) =>
      new Request('http://localhost/', { method: 'POST', body: 'a'.repeat(bytes) })
    expect([await receive(request(65_536)), await receive(request(65_537))]).toEqual([401, 413])
  })
})
