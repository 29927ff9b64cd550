import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const JSON_TYPE = { 'content-type': 'application/json' }
const TOO_MANY = { statusCode: 429, code: 20429, name: 'rate_limit_exceeded', message: 'none' }

const TWILIO_ACCOUNT = '/2010-04-01/Accounts/AC0123'

const PROBES = new Map<string, Received['provider']>([
  [`${TWILIO_ACCOUNT}.json`, 'twilio'],
  ['/account/get-balance', 'vonage'],
  ['/domains', 'resend'],
  ['/v25.0/10987654321?fields=id', 'meta'],
])

/** A message that a fake provider received. */
export type Received = {
  provider: 'twilio' | 'vonage' | 'resend' | 'meta' | 'twilio_whatsapp'
  /** The id of the provider for an accepted message. */
  id: string
  to: string
  text: string
  subject?: string
  headers: IncomingMessage['headers']
  fields: Record<string, unknown>
  at: Date
}

/**
 * The answer of a provider: it accepts the message, at once or later; accepts it, but its answer is
 * lost (`drop`) or cannot be read (`garble`); never answers; or refuses with a status and body.
 */
export type Answer =
  | 'accept'
  | 'drop'
  | 'garble'
  | 'hang'
  | { acceptAfterMs: number }
  | { status: number; body: unknown; headers?: Record<string, string> }

/**
 * A fake of Twilio, Vonage, Resend and Meta: one HTTP server with their interfaces. Every message that it
 * received is in `received`, in order; `answers` can be changed at any time, and apply to checks of
 * the key, too.
 */
export type FakeProviders = {
  url: string
  received: Received[]
  answers: Record<Received['provider'], Answer>
  /** Messages that a provider takes in one second of the clock. It answers 429 to more. */
  rates: Partial<Record<Received['provider'], number>>
  /** How many messages were refused as too many. */
  refusedAsTooMany: number
  close(): Promise<void>
}

export async function startFakeProviders(): Promise<FakeProviders> {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const probed = PROBES.get(request.url ?? '')
    if (probed) return respond(response, { provider: probed, id: '' }, fakes.answers[probed])
    const message = await read(request)
    if (!message) return reply(response, 404, {})
    if (isTooMany(message.provider)) {
      fakes.refusedAsTooMany++
      return reply(response, 429, TOO_MANY, { 'ratelimit-reset': '1' })
    }
    received.push(message)
    await respond(response, message, fakes.answers[message.provider])
  })
  const windows = new Map<string, number>()
  const isTooMany = (provider: Received['provider']) => {
    const rate = fakes.rates[provider]
    if (rate === undefined) return false
    const window = `${provider} ${Math.floor(Date.now() / 1_000)}`
    const count = (windows.get(window) ?? 0) + 1
    windows.set(window, count)
    return count > rate
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const fakes: FakeProviders = {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    received,
    answers: acceptAll(),
    rates: {},
    refusedAsTooMany: 0,
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  return fakes
}

/** The answers of providers that accept every message. */
export const acceptAll = (): FakeProviders['answers'] => ({
  twilio: 'accept',
  vonage: 'accept',
  resend: 'accept',
  meta: 'accept',
  twilio_whatsapp: 'accept',
})

async function respond(
  response: ServerResponse,
  { provider, id }: Pick<Received, 'provider' | 'id'>,
  answer: Answer,
) {
  if (answer === 'hang') return
  if (answer === 'drop') return response.destroy()
  if (answer === 'garble') return response.writeHead(200, JSON_TYPE).end('{"id": "')
  if (answer !== 'accept' && 'status' in answer)
    return reply(response, answer.status, answer.body, answer.headers)
  if (answer !== 'accept') await sleep(answer.acceptAfterMs)
  return reply(response, provider.startsWith('twilio') ? 201 : 200, acceptance(provider, id))
}

async function read(request: IncomingMessage): Promise<Received | undefined> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks).toString('utf8')
  const { headers, url = '' } = request
  const shared = { headers, id: `${url === '/emails' ? '' : 'SM'}${randomUUID()}`, at: new Date() }
  if (url === '/v25.0/10987654321/messages') return { ...shared, ...readMeta(JSON.parse(body)) }
  if (url === '/emails') return { ...readResend(JSON.parse(body)), ...shared }
  const fields = Object.fromEntries(new URLSearchParams(body))
  const { To = '', Body = '', to = '', text = '' } = fields
  if (url === `${TWILIO_ACCOUNT}/Messages.json` && To.startsWith('whatsapp:'))
    return {
      provider: 'twilio_whatsapp',
      to: To.slice(9),
      text: fields.ContentVariables ?? '',
      fields,
      ...shared,
    }
  if (url === `${TWILIO_ACCOUNT}/Messages.json`)
    return { provider: 'twilio', to: To, text: Body, fields, ...shared }
  if (url === '/sms/json') return { provider: 'vonage', to, text, fields, ...shared }
  return undefined
}

type MetaMessage = {
  to: string
  template: { components: { parameters: { text: string }[] }[] }
}

function readMeta(fields: MetaMessage) {
  const [body] = fields.template.components
  const text = (body?.parameters ?? []).map((parameter) => parameter.text).join(' ')
  const id = `wamid.${Buffer.from(randomUUID()).toString('base64')}`
  return { provider: 'meta' as const, id, to: `+${fields.to}`, text, fields }
}

function readResend(fields: { to: string; text: string; subject: string }) {
  return {
    provider: 'resend' as const,
    to: fields.to,
    text: fields.text,
    subject: fields.subject,
    fields,
  }
}

function acceptance(provider: Received['provider'], id: string) {
  if (provider.startsWith('twilio')) return { sid: id, status: 'queued' }
  if (provider === 'meta')
    return { messaging_product: 'whatsapp', messages: [{ id, message_status: 'accepted' }] }
  if (provider === 'vonage')
    return { 'message-count': '1', messages: [{ status: '0', 'message-id': id }] }
  return { id }
}

function reply(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { ...JSON_TYPE, ...headers }).end(JSON.stringify(body))
}

/** The port of a server that listens. */
export function portOf(address: AddressInfo | string | null) {
  return typeof address === 'object' && address ? address.port : 0
}
