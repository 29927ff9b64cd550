import { createHmac, randomBytes } from 'node:crypto'
import { environmentOf } from './provider-environment'

const ORIGIN = 'https://akun.toko.example'
const RESEND_SECRET = `whsec_${randomBytes(24).toString('base64')}`

const TOKEN = 'twilio-token'

/** The environment of a product that receives the webhooks of Twilio and Resend. */
export const webhookEnvironment = () => ({
  ...environmentOf('http://127.0.0.1:1'),
  TWILIO_AUTH_TOKEN: TOKEN,
  APP_ORIGIN: ORIGIN,
  RESEND_WEBHOOK_SECRET: RESEND_SECRET,
})

type Form = [name: string, value: string][]

export function signTwilio(
  fields: Form,
  { token = TOKEN, url = `${ORIGIN}/webhooks/twilio` } = {},
): string {
  const sorted = [...fields]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => name + value)
  return createHmac('sha1', token)
    .update(url + sorted.join(''))
    .digest('base64')
}

/** A status callback as Twilio posts it. */
export function twilioRequest(
  fields: Form,
  signature: string | null = signTwilio(fields),
): Request {
  const headers = signature === null ? {} : { 'x-twilio-signature': signature }
  // Behind a proxy the product sees a URL other than the one that Twilio calls.
  return new Request('http://localhost:3000/webhooks/twilio', {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers,
  })
}

export const twilioFields = (sid: string, status: string, more: Form = []): Form => [
  ['SmsSid', sid],
  ['MessageStatus', status],
  ['To', '+6281298765432'],
  ['MessageSid', sid],
  ['AccountSid', 'AC0123'],
  ['From', '+15005550006'],
  ...more,
]

type Signing = { at?: Date; id?: string; secret?: string; signature?: string }

export function signResend(
  body: string,
  { at = new Date(), id = 'msg_1', secret = RESEND_SECRET }: Signing = {},
): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const seconds = Math.floor(at.getTime() / 1_000)
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`
}

/** An event as Resend posts it. */
export function resendRequest(body: string, signing: Signing = {}): Request {
  const { at = new Date(), id = 'msg_1', signature = signResend(body, signing) } = signing
  const headers = {
    'svix-id': id,
    'svix-timestamp': `${Math.floor(at.getTime() / 1_000)}`,
    'svix-signature': signature,
  }
  return new Request('http://localhost:3000/webhooks/resend', { method: 'POST', body, headers })
}

export const resendEvent = (type: string, emailId: string, more: object = {}) =>
  JSON.stringify({
    type,
    created_at: '2026-11-23T07:30:01.000Z',
    data: { email_id: emailId, to: ['budi@example.com'], ...more },
  })

type MetaStatus = { id: string; status: string; recipient_id?: string; errors?: { code: number }[] }

/** A batch of delivery reports as Meta posts it. */
export const metaBatch = (
  statuses: readonly MetaStatus[],
  metadata = { phone_number_id: '10987654321' },
): string =>
  JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '1',
        changes: [
          { field: 'messages', value: { messaging_product: 'whatsapp', metadata, statuses } },
        ],
      },
    ],
  })

export const signMeta = (body: string, secret = 'meta-secret'): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

/** A batch as Meta posts it, with its signature unless another one or none is given. */
export function metaRequest(body: string, signature: string | null = signMeta(body)): Request {
  const headers = signature === null ? {} : { 'x-hub-signature-256': signature }
  return new Request('http://localhost:3000/webhooks/whatsapp', { method: 'POST', body, headers })
}
