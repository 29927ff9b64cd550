import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a fake provider was given, whichever of the three it was. */
export type Received = {
  provider: 'twilio' | 'vonage' | 'resend'
  to: string
  text: string
  subject?: string
  headers: IncomingMessage['headers']
  fields: Record<string, unknown>
}

/** What a provider answers: it takes the message, or never answers, or says so. */
export type Answer = 'accept' | 'hang' | { status: number; body: unknown; headers?: Record<string, string> }

/**
 * The far end of SMS and e-mail: one HTTP server that speaks as Twilio, Vonage and Resend. Everything that reached it is in
 * `received`, in order; `answers` can be changed at any time.
 */
export type FakeProviders = {
  url: string
  received: Received[]
  answers: Record<Received['provider'], Answer>
  close(): Promise<void>
}

export async function startFakeProviders(): Promise<FakeProviders> {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const message = await read(request)
    if (!message) return reply(response, 404, {})
    received.push(message)
    const answer = fakes.answers[message.provider]
    if (answer === 'accept') return reply(response, message.provider === 'twilio' ? 201 : 200, acceptance(message.provider))
    if (answer !== 'hang') return reply(response, answer.status, answer.body, answer.headers)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const fakes: FakeProviders = {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    received,
    answers: { twilio: 'accept', vonage: 'accept', resend: 'accept' },
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  return fakes
}

/** The variables that make the product send through the fakes at `url`. */
export function environmentOf(url: string): Record<string, string> {
  return {
    EMAIL_PROVIDERS: 'resend',
    EMAIL_FROM: 'Toko <akun@toko.example>',
    RESEND_API_KEY: 're_test',
    RESEND_BASE_URL: url,
    SMS_PROVIDERS: 'twilio,vonage',
    TWILIO_ACCOUNT_SID: 'AC0123',
    TWILIO_AUTH_TOKEN: 'twilio-token',
    TWILIO_FROM: '+15005550006',
    TWILIO_BASE_URL: url,
    VONAGE_API_KEY: 'vonage-key',
    VONAGE_API_SECRET: 'vonage-secret',
    VONAGE_FROM: 'TOKO',
    VONAGE_BASE_URL: url,
  }
}

async function read(request: IncomingMessage): Promise<Received | undefined> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks).toString('utf8')
  const { headers, url = '' } = request
  if (url === '/emails') return readResend(JSON.parse(body), headers)
  const fields = Object.fromEntries(new URLSearchParams(body))
  const { To = '', Body = '', to = '', text = '' } = fields
  if (url === '/2010-04-01/Accounts/AC0123/Messages.json') return { provider: 'twilio', to: To, text: Body, headers, fields }
  if (url === '/sms/json') return { provider: 'vonage', to, text, headers, fields }
  return undefined
}

function readResend(fields: { to: string; text: string; subject: string }, headers: IncomingMessage['headers']): Received {
  return { provider: 'resend', to: fields.to, text: fields.text, subject: fields.subject, headers, fields }
}

function acceptance(provider: Received['provider']) {
  const id = randomUUID()
  if (provider === 'twilio') return { sid: `SM${id}`, status: 'queued' }
  if (provider === 'vonage') return { 'message-count': '1', messages: [{ status: '0', 'message-id': id }] }
  return { id }
}

function reply(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

function portOf(address: AddressInfo | string | null) {
  return typeof address === 'object' && address ? address.port : 0
}
