import { createHmac } from 'node:crypto'
import { normalizeWebhook, verifySignature } from '@kapso/whatsapp-cloud-api/server'
import { beforeEach, describe, expect, it } from 'vitest'
import { WhatsAppAPI } from 'whatsapp-api-js'
import { whatsappEnvironment } from '@/tests/support/provider-environment'
import { metaBatch, metaRequest, signMeta } from '@/tests/support/webhooks'
import { configure, NOW, receipts, recordReceipt } from './webhook-actions'

const WHATSAPP = whatsappEnvironment('http://127.0.0.1:1')
const ID = 'wamid.HBgNNjI4MTI5ODc2NTQzMhUCABEYEjdB+/=='

beforeEach(() => configure(WHATSAPP))

const webhook = () => import('@/lib/messaging/webhooks/meta')
const receive = async (body: string, signature?: string | null) =>
  (await webhook()).receiveMeta(metaRequest(body, signature), NOW)

describe('a batch of receipts from Meta', () => {
  it('is recorded one by one when its signature covers its bytes', async () => {
    const body = metaBatch([
      { id: 'wamid.1', status: 'sent' },
      { id: ID, status: 'delivered' },
      { id: 'wamid.2', status: 'read' },
      { id: 'wamid.3', status: 'failed', errors: [{ code: 131026 }] },
      { id: 'wamid.4', status: 'failed', errors: [{ code: 131000 }] },
      { id: 'wamid.5', status: 'failed' },
    ])
    expect(await receive(body)).toBe(200)
    expect(receipts()).toEqual([
      [ID, 'delivered', 'meta delivered'],
      ['wamid.2', 'delivered', 'meta read'],
      ['wamid.3', 'undeliverable', 'meta 131026'],
      ['wamid.4', 'failed', 'meta 131000'],
      ['wamid.5', 'failed', 'meta failed'],
    ])
    expect(recordReceipt.mock.calls[0]?.[0]).toMatchObject({ provider: 'meta', now: NOW })
  })

  it('is read and verified as by two independent implementations', async () => {
    const rawBody = metaBatch([{ id: ID, status: 'delivered', recipient_id: '6281298765432' }])
    const signed = { appSecret: 'meta-secret', rawBody, signatureHeader: signMeta(rawBody) }
    expect(verifySignature(signed)).toBe(true)
    const [peer] = normalizeWebhook(JSON.parse(rawBody)).statuses
    const second = new WhatsAppAPI({
      token: 'peer',
      appSecret: 'meta-secret',
      ponyfill: { fetch, subtle: crypto.subtle },
    })
    let seen: unknown
    second.on.status = ({ id, status }) => {
      seen = [id, status]
    }
    await second.post(JSON.parse(rawBody), rawBody, signMeta(rawBody))
    expect(seen).toEqual([peer?.id, peer?.status])
    expect(await receive(rawBody)).toBe(200)
    expect(receipts()).toEqual([[peer?.id, peer?.status, 'meta delivered']])
  })

  it.each<[string, string | null]>([
    ['absent', null],
    ['of another secret', signMeta(metaBatch([]), 'another')],
    ['of another body', signMeta('{}')],
    ['without its prefix', signMeta(metaBatch([])).replace('sha256=', '')],
    ['of SHA-1', `sha1=${createHmac('sha1', 'meta-secret').update(metaBatch([])).digest('hex')}`],
  ])('is refused with a signature %s', async (_, signature) => {
    expect(await receive(metaBatch([]), signature)).toBe(401)
  })

  it('about another number or another field records nothing', async () => {
    const statuses = [{ id: ID, status: 'delivered' }]
    const other = metaBatch(statuses, { phone_number_id: '1' })
    const template = JSON.stringify({
      entry: [
        { changes: [{ field: 'message_template_status_update', value: { event: 'PAUSED' } }] },
      ],
    })
    expect([await receive(other), await receive(template)]).toEqual([200, 200])
    expect(receipts()).toEqual([])
  })

  it('leaves out a status that it cannot read, and keeps the others', async () => {
    const body = metaBatch([
      { id: 'wamid.\0', status: 'delivered' },
      { id: ID, status: 'delivered' },
    ])
    expect(await receive(body)).toBe(200)
    expect(receipts()).toEqual([[ID, 'delivered', 'meta delivered']])
  })

  it.each(['', 'no JSON', '[]', '{"entry":{}}'])('is malformed as %j', async (body) => {
    expect(await receive(body)).toBe(400)
  })

  it('of three megabytes is read, and a larger one is not', async () => {
    const padded = (bytes: number) => `${metaBatch([])}${' '.repeat(bytes)}`
    expect(await receive(padded(2_900_000))).toBe(200)
    expect(await receive(padded(3_200_000))).toBe(413)
  })

  it('is not expected while Meta is not used', async () => {
    configure({ ...WHATSAPP, WHATSAPP_PROVIDERS: 'twilio' })
    expect(await receive(metaBatch([]))).toBe(404)
    expect((await webhook()).greetMeta(new URLSearchParams())).toEqual({ status: 404, text: null })
  })
})

describe('the check of the webhook by Meta', () => {
  const query = (token: string, mode = 'subscribe') =>
    new URLSearchParams({
      'hub.mode': mode,
      'hub.verify_token': token,
      'hub.challenge': '1158201444',
    })

  it('is answered with its challenge for our token alone', async () => {
    const { greetMeta } = await webhook()
    const ours = WHATSAPP.META_VERIFY_TOKEN ?? ''
    expect(greetMeta(query(ours))).toEqual({ status: 200, text: '1158201444' })
    for (const wrong of [query(`${ours}x`), query(ours, 'unsubscribe'), query('')])
      expect(greetMeta(wrong)).toEqual({ status: 401, text: null })
  })
})
