import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { resendEvent, resendRequest, signResend } from '@/tests/support/webhooks'
import { configure, NOW, receipts, receiveResend, recordReceipt } from './webhook-actions'

const secondsAway = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000)

const EVENT = resendEvent('email.delivered', 'e-1')
const OTHER_SECRET = `whsec_${randomBytes(24).toString('base64')}`

describe('a receipt from Resend', () => {
  it('is recorded when its signature is right', async () => {
    expect(await receiveResend(resendRequest(EVENT))).toBe(200)
    expect(recordReceipt.mock.calls).toMatchObject([
      [{ provider: 'resend', providerId: 'e-1', state: 'delivered', now: NOW }],
    ])
  })

  it('is recorded when one of several signatures is right, as while a secret is replaced', async () => {
    const older = signResend(EVENT, { secret: OTHER_SECRET })
    expect(
      await receiveResend(
        resendRequest(EVENT, { signature: `${older} v2,other ${signResend(EVENT)}` }),
      ),
    ).toBe(200)
  })

  it.each([
    ['empty', ''],
    ['malformed', 'v1'],
    ['made with another secret', signResend(EVENT, { secret: OTHER_SECRET, at: NOW })],
    ['made for another body', signResend(resendEvent('email.delivered', 'e-2'), { at: NOW })],
    ['made for another id', signResend(EVENT, { id: 'msg_2', at: NOW })],
    ['made for another time', signResend(EVENT, { at: secondsAway(-1) })],
    ['of an unknown scheme', signResend(EVENT, { at: NOW }).replace('v1,', 'v2,')],
  ])('is refused when its signature is %s', async (_, signature) => {
    expect(await receiveResend(resendRequest(EVENT, { signature }))).toBe(401)
    expect(recordReceipt).not.toHaveBeenCalled()
  })

  it.each([
    [-300, 200],
    [300, 200],
    [-301, 401],
    [301, 401],
  ])('signed %i s from now is answered with %i', async (seconds, status) => {
    expect(await receiveResend(resendRequest(EVENT, { at: secondsAway(seconds) }))).toBe(status)
  })

  it.each([
    ['email.bounced', { bounce: { type: 'Permanent' } }, ['undeliverable', 'resend bounced']],
    ['email.bounced', {}, ['undeliverable', 'resend bounced']],
    ['email.bounced', { bounce: { type: 'Transient' } }, ['failed', 'resend bounced']],
    ['email.complained', {}, ['undeliverable', 'resend complained']],
    ['email.suppressed', {}, ['undeliverable', 'resend suppressed']],
    ['email.failed', {}, ['failed', 'resend failed']],
  ])('of %s %o is recorded as %s', async (type, more, expected) => {
    expect(await receiveResend(resendRequest(resendEvent(type, 'e-1', more)))).toBe(200)
    expect(receipts()).toEqual([['e-1', ...expected]])
  })

  it.each(['email.opened', 'contact.created', 'unknown.event'])(
    'of %s changes nothing',
    async (type) => {
      expect(await receiveResend(resendRequest(resendEvent(type, 'e-1')))).toBe(200)
      expect(recordReceipt).not.toHaveBeenCalled()
    },
  )

  it.each([
    '',
    '{"type":',
    '[]',
    '{"type":"email.delivered"}',
    resendEvent('email.bounced', 'e 1'),
  ])('with body %j is refused as malformed', async (body) => {
    expect(await receiveResend(resendRequest(body))).toBe(400)
    expect(recordReceipt).not.toHaveBeenCalled()
  })

  it('is answered with 404 while Resend is not configured or has no secret', async () => {
    configure({ RESEND_WEBHOOK_SECRET: '' })
    expect(await receiveResend(resendRequest(EVENT))).toBe(404)
    configure({ EMAIL_PROVIDERS: 'smtp', SMTP_URL: 'smtp://localhost' })
    expect(await receiveResend(resendRequest(EVENT))).toBe(404)
  })

  it('stops the start with a malformed secret', async () => {
    configure({ RESEND_WEBHOOK_SECRET: 'whsec_not base64' })
    const { env } = await import('@/lib/platform/env')
    expect(env).toThrow('RESEND_WEBHOOK_SECRET: must be')
  })
})
