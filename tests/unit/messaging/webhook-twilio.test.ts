import { describe, expect, it } from 'vitest'
import { signTwilio, twilioFields, twilioRequest } from '@/tests/support/webhooks'
import { configure, NOW, receipts, receiveTwilio, recordReceipt } from './webhook-actions'

const DELIVERED = twilioFields('SM1', 'delivered')

describe('a receipt from Twilio', () => {
  it('is recorded when its signature covers our own URL and every parameter', async () => {
    expect(await receiveTwilio(twilioRequest(DELIVERED))).toBe(200)
    expect(recordReceipt.mock.calls).toMatchObject([
      [{ provider: 'twilio', providerId: 'SM1', state: 'delivered', now: NOW }],
    ])
  })

  it.each<[string, string | null]>([
    ['absent', null],
    ['empty', ''],
    ['malformed', 'é'.repeat(28)],
    ['made with another token', signTwilio(DELIVERED, { token: 'another' })],
    [
      'made for another URL',
      signTwilio(DELIVERED, { url: 'https://fremd.example/webhooks/twilio' }),
    ],
    ['made for other parameters', signTwilio(twilioFields('SM2', 'delivered'))],
    ['the start of the right one', signTwilio(DELIVERED).slice(0, 12)],
  ])('is refused when its signature is %s', async (_, signature) => {
    expect(await receiveTwilio(twilioRequest(DELIVERED, signature))).toBe(401)
    expect(recordReceipt).not.toHaveBeenCalled()
  })

  it.each<[string, string | undefined, string[]]>([
    ['undelivered', undefined, ['undeliverable', 'twilio undelivered']],
    ['undelivered', '30003', ['undeliverable', 'twilio 30003']],
    ['failed', '30006', ['undeliverable', 'twilio 30006']],
    ['undelivered', '30007', ['failed', 'twilio 30007']],
    ['failed', undefined, ['failed', 'twilio failed']],
  ])('with status %s and error %s is recorded as %s', async (status, code, expected) => {
    const fields = twilioFields('SM1', status, code ? [['ErrorCode', code]] : [])
    expect(await receiveTwilio(twilioRequest(fields))).toBe(200)
    expect(receipts()).toEqual([['SM1', ...expected]])
  })

  it.each(['queued', 'sent', 'unknown-state'])('with state %s changes nothing', async (status) => {
    expect(await receiveTwilio(twilioRequest(twilioFields('SM1', status)))).toBe(200)
    expect(recordReceipt).not.toHaveBeenCalled()
  })

  it.each([
    ['read', undefined, 'delivered'],
    ['undelivered', '63024', 'undeliverable'],
    ['failed', '63018', 'failed'],
  ])(
    'about WhatsApp with status %s and error %s is of another provider',
    async (status, code, state) => {
      const fields = twilioFields('SM1', status, code ? [['ErrorCode', code]] : [])
      const about = fields.map(([name, value]): [string, string] => [
        name,
        name === 'To' ? `whatsapp:${value}` : value,
      ])
      expect(await receiveTwilio(twilioRequest(about))).toBe(200)
      expect(recordReceipt.mock.calls).toMatchObject([[{ provider: 'twilio_whatsapp', state }]])
    },
  )

  it.each([
    ['without an id', [['MessageStatus', 'delivered']]],
    ['without a state', [['MessageSid', 'SM1']]],
    ['with a malformed id', twilioFields('SM1\0', 'delivered')],
    [
      'with a malformed error code',
      twilioFields('SM1', 'failed', [['ErrorCode', '+6281298765432']]),
    ],
  ] satisfies [string, [string, string][]][])('%s is refused as malformed', async (_, fields) => {
    expect(await receiveTwilio(twilioRequest(fields))).toBe(400)
    expect(recordReceipt).not.toHaveBeenCalled()
  })

  it('is answered with 404 while Twilio is not configured', async () => {
    configure({ SMS_PROVIDERS: 'vonage' })
    expect(await receiveTwilio(twilioRequest(DELIVERED))).toBe(404)
  })
})
