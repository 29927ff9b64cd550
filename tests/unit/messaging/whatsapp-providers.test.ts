import { WhatsAppClient } from '@kapso/whatsapp-cloud-api'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { WhatsAppAPI } from 'whatsapp-api-js'
import {
  BodyComponent,
  BodyParameter,
  Language,
  Template,
  URLComponent,
} from 'whatsapp-api-js/messages'
import type { Rendered } from '@/lib/messaging/providers/provider'
import { whatsappEnvironment } from '@/tests/support/provider-environment'
import { deliver, fakes, SMS } from './provider-actions'

const { to } = SMS
const CODE: Rendered = {
  to,
  kind: 'code.reset_password',
  text: '012345 adalah kode verifikasimu.',
  template: { name: 'code', locale: 'id', values: ['012345'] },
}
const NOTICE: Rendered = {
  to,
  kind: 'notice.password_reset',
  text: 'Kabar dari Toko',
  template: { name: 'notice', locale: 'en', values: ['Toko', 'your password was reset.'] },
}

const meta = async () => (await import('@/lib/messaging/providers/meta')).meta
const twilio = async () =>
  (await import('@/lib/messaging/providers/twilio-whatsapp')).twilioWhatsapp

beforeEach(() => {
  for (const [name, value] of Object.entries(whatsappEnvironment(fakes().url)))
    vi.stubEnv(name, value)
  vi.resetModules()
})

const PARAMETERS = (...values: string[]) => values.map((text) => ({ type: 'text' as const, text }))

type Component = { type: string; [field: string]: unknown }

/** The request of an independent client of the same interface. */
async function requestOfPeer(name: string, language: string, components: Component[]) {
  const client = new WhatsAppClient({
    accessToken: 'peer',
    baseUrl: fakes().url,
    graphVersion: 'v25.0',
  })
  const template = { name, language: { code: language }, components }
  await client.messages.sendTemplate({
    phoneNumberId: '10987654321',
    to: to.value.slice(1),
    template,
  })
  return fakes().received.at(-1)?.fields
}

/** The request of a second independent client. */
async function requestOfSecondPeer(name: string, language: string, [first, ...others]: string[]) {
  const here = (url: string, init: RequestInit) =>
    fetch(url.replace('https://graph.facebook.com', fakes().url), init)
  const peer = new WhatsAppAPI({
    token: 'peer',
    secure: false,
    v: 'v25.0',
    ponyfill: { fetch: here as typeof fetch },
  })
  const toParameter = (text: string) => new BodyParameter(text)
  const body = new BodyComponent(toParameter(first ?? ''), ...others.map(toParameter))
  const buttons = others.length === 0 ? [new URLComponent(first ?? '')] : []
  const template = new Template(name, new Language(language), body, ...buttons)
  await peer.sendMessage('10987654321', to.value.slice(1), template)
  // It writes the index of a button as a number, and the only policy of languages, which Meta assumes.
  const written = JSON.stringify(fakes().received.at(-1)?.fields)
  const asDocumented = written
    .replace('"index":0', '"index":"0"')
    .replace(',"policy":"deterministic"', '')
  return JSON.parse(asDocumented)
}

describe('Meta', () => {
  it.each([
    [
      CODE,
      'kode_masuk',
      'id',
      [
        ['body', '012345'],
        ['button', '012345'],
      ],
    ],
    [NOTICE, 'kabar_akun', 'en', [['body', 'Toko', 'your password was reset.']]],
  ] as const)(
    'receives the same request as from two independent clients: %#',
    async (rendered, name, language, parts) => {
      const outcome = await (await meta()).send(rendered, deliver())
      expect(outcome).toEqual({ kind: 'accepted', providerId: expect.stringMatching(/^wamid\./) })
      const [{ fields, headers } = { fields: {}, headers: {} }] = fakes().received
      expect(headers).toMatchObject({ authorization: 'Bearer meta-token' })
      const components = parts.map(([type, ...values]) => ({
        type,
        ...(type === 'button' && { sub_type: 'url', index: '0' }),
        parameters: PARAMETERS(...values),
      }))
      expect(fields).toEqual(await requestOfPeer(name, language, components))
      const [[, ...values]] = parts
      expect(fields).toMatchObject(await requestOfSecondPeer(name, language, values))
    },
  )

  it.each([
    [131026, { kind: 'rejected' }],
    [131049, { kind: 'rejected' }],
    [131030, { kind: 'rejected' }],
    [131056, { kind: 'retry' }],
    [130429, { kind: 'retry', isThrottled: true }],
    [80007, { kind: 'retry', isThrottled: true }],
    [131016, { kind: 'retry', isOutage: true }],
    [131000, { kind: 'retry', isOutage: true }],
    [132001, { kind: 'misconfigured', refuses: 'template' }],
    [132015, { kind: 'misconfigured', refuses: 'template' }],
    [132016, { kind: 'misconfigured', refuses: 'template' }],
    [190, { kind: 'misconfigured', refuses: 'key' }],
    [0, { kind: 'misconfigured', refuses: 'key' }],
    [200, { kind: 'misconfigured', refuses: 'key' }],
    [299, { kind: 'misconfigured', refuses: 'key' }],
    [131045, { kind: 'misconfigured', refuses: 'sender' }],
    [131042, { kind: 'misconfigured', refuses: 'account' }],
    [100, { kind: 'retry' }],
  ])('error %i is %j, and its text is not stored', async (code, expected) => {
    const error = { code, message: `(#${code}) ${to.value}`, error_data: { details: to.value } }
    fakes().answers.meta = { status: 400, body: { error } }
    const outcome = await (await meta()).send(CODE, deliver())
    expect(outcome).toEqual({ reason: `meta 400 ${code}`, ...expected })
  })

  it.each([
    [401, { kind: 'misconfigured', refuses: 'key' }],
    [429, { kind: 'retry', isThrottled: true }],
    [503, { kind: 'retry', isOutage: true }],
    [200, { kind: 'retry' }],
  ])('an answer %i without an error code is %j', async (status, expected) => {
    fakes().answers.meta = { status, body: {} }
    const outcome = await (await meta()).send(CODE, deliver())
    expect(outcome).toEqual({ reason: `meta ${status}`, ...expected })
  })

  it('tells by the check of our key whether it is refused, and sends nothing', async () => {
    const probe = async () => (await meta()).probe?.(new AbortController().signal)
    expect(await probe()).toBe('welcome')
    fakes().answers.meta = { status: 400, body: { error: { code: 190 } } }
    expect(await probe()).toBe('misconfigured')
    fakes().answers.meta = { status: 503, body: {} }
    expect([await probe(), fakes().received]).toEqual(['unknown', []])
  })
})

describe('Twilio', () => {
  it('receives the content template of the language and its values', async () => {
    for (const rendered of [CODE, NOTICE]) await (await twilio()).send(rendered, deliver())
    const numbers = { To: 'whatsapp:+6281234567890', From: 'whatsapp:+6281100000001' }
    expect(fakes().received.map(({ fields }) => fields)).toEqual([
      { ...numbers, ContentSid: `HX${'1'.repeat(32)}`, ContentVariables: '{"1":"012345"}' },
      {
        ...numbers,
        ContentSid: `HX${'4'.repeat(32)}`,
        ContentVariables: '{"1":"Toko","2":"your password was reset."}',
      },
    ])
  })

  it.each([
    [63024, { kind: 'rejected', reason: 'twilio 63024' }],
    [63016, { kind: 'misconfigured', refuses: 'template', reason: 'twilio 400 63016' }],
    [63041, { kind: 'misconfigured', refuses: 'template', reason: 'twilio 400 63041' }],
    [63007, { kind: 'misconfigured', refuses: 'sender', reason: 'twilio 400 63007' }],
    [63038, { kind: 'misconfigured', refuses: 'account', reason: 'twilio 400 63038' }],
    [63018, { kind: 'retry', reason: 'twilio 400 63018' }],
  ])('error %i is %j', async (code, expected) => {
    fakes().answers.twilio_whatsapp = { status: 400, body: { code } }
    expect(await (await twilio()).send(CODE, deliver())).toEqual(expected)
  })
})
