import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Email, fromStored, type Phone } from '@/lib/address'
import { environmentOf, type FakeProviders, startFakeProviders } from '@/tests/support/fake-providers'

const ID = '5a8f2c1e-6f0d-4f7e-9b8a-0d5c7e3b1a24'
const SERVICE = `MG${'0a'.repeat(16)}`
const PHONE: Phone = fromStored('phone', '+6281234567890')
const EMAIL: Email = fromStored('email', 'Budi.S@example.com')
const SMS = { to: PHONE, kind: 'code.register', text: '012345 kode\n@toko.example #012345' }
const MAIL = {
  to: EMAIL,
  kind: 'code.register',
  subject: '012345 adalah kode',
  text: 'Kode OTP kamu: 012345',
  html: '<p>012345</p>',
}

let fakes: FakeProviders

beforeEach(async () => {
  fakes = await startFakeProviders()
  for (const [name, value] of Object.entries(environmentOf(fakes.url))) vi.stubEnv(name, value)
  vi.resetModules()
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await fakes.close()
})

const deliver = (lifetimeSeconds = 600, signal = new AbortController().signal) => ({
  idempotencyKey: ID,
  expiresAt: new Date(Date.now() + lifetimeSeconds * 1_000 + 500),
  signal,
})

const twilio = async () => (await import('@/lib/messaging/providers/twilio')).twilio
const vonage = async () => (await import('@/lib/messaging/providers/vonage')).vonage
const resend = async () => (await import('@/lib/messaging/providers/resend')).resend

describe('every provider', () => {
  const cases = [
    { name: 'twilio', load: twilio, rendered: SMS },
    { name: 'vonage', load: vonage, rendered: SMS },
    { name: 'resend', load: resend, rendered: MAIL },
  ] as const

  it.each(cases)('$name: accepted, with the id under which the provider knows it', async ({ load, rendered }) => {
    const outcome = await (await load()).send(rendered, deliver())
    expect(outcome).toEqual({ kind: 'accepted', providerId: expect.stringMatching(/^\S{30,}$/) })
    expect(fakes.received).toHaveLength(1)
    expect(fakes.received[0]?.text).toBe(rendered.text)
  })

  it.each(cases)(
    '$name: an outage or an answer that is none is to be repeated, and its text is not kept',
    async ({ name, load, rendered }) => {
      for (const status of [500, 502, 404]) {
        fakes.answers[name] = { status, body: `${rendered.to.value} is not served` }
        const outcome = await (await load()).send(rendered, deliver())
        expect(outcome.kind).toBe('retry')
        expect(JSON.stringify(outcome)).not.toContain(rendered.to.value)
      }
    },
  )

  it.each(cases.slice(0, 2))(
    '$name: a redirect is not followed, and the message not told to anyone else',
    async ({ name, load, rendered }) => {
      fakes.answers[name] = { status: 307, body: {}, headers: { location: `${fakes.url}/emails` } }
      expect((await (await load()).send(rendered, deliver())).kind).toBe('retry')
      expect(fakes.received).toHaveLength(1)
    },
  )

  it.each(cases.slice(0, 2))('$name: an answer without end is given up', async ({ name, load, rendered }) => {
    fakes.answers[name] = { status: 200, body: 'x'.repeat(100_000) }
    await expect((await load()).send(rendered, deliver())).rejects.toThrow()
  })

  it.each(cases)('$name: too many requests are repeated no sooner than asked for', async ({ name, load, rendered }) => {
    fakes.answers[name] = { status: 429, body: { name: 'rate_limit_exceeded', code: 20429 }, headers: { 'retry-after': '7' } }
    expect(await (await load()).send(rendered, deliver())).toMatchObject({ kind: 'retry', afterSeconds: 7 })
  })

  it.each(cases)(
    '$name: a fault of the provider’s is an outage, a fault of ours or of the message is none',
    async ({ name, load, rendered }) => {
      const isOutage = async (status: number) => {
        fakes.answers[name] = { status, body: { statusCode: status, name: 'any_error', message: 'any', code: 1 } }
        const outcome = await (await load()).send(rendered, deliver())
        return outcome.kind === 'retry' && outcome.isOutage === true
      }
      for (const status of [500, 503, 429]) expect([status, await isOutage(status)]).toEqual([status, true])
      for (const status of [400, 401, 403, 404]) expect([status, await isOutage(status)]).toEqual([status, false])
    },
  )

  it.each(cases)(
    '$name: a key that it does not know bars us, and no message is rejected for it',
    async ({ name, load, rendered }) => {
      for (const status of [401, 403]) {
        const body = { statusCode: status, name: 'invalid_api_key', message: 'API key is invalid', code: 20003 }
        fakes.answers[name] = { status, body }
        expect(await (await load()).send(rendered, deliver())).toMatchObject({ kind: 'barred', refuses: 'key' })
      }
    },
  )

  it.each(cases)(
    '$name: tells what it thinks of our key when it is asked, and is sent nothing for that',
    async ({ name, load }) => {
      const probe = async () => (await load()).probe?.(new AbortController().signal)
      expect(await probe()).toBe('welcome')
      for (const [status, welcome] of [
        [401, 'barred'],
        [403, 'barred'],
        [503, 'unknown'],
      ] as const) {
        fakes.answers[name] = { status, body: {} }
        expect([status, await probe()]).toEqual([status, welcome])
      }
      expect(fakes.received).toEqual([])
    },
  )

  it.each(cases)('$name: nothing that listens is an outage', async ({ load, rendered }) => {
    await fakes.close()
    const outcome = (await load()).send(rendered, deliver())
    expect(await outcome.catch(() => ({ kind: 'retry' }))).toMatchObject({ kind: 'retry' })
  })

  it.each(cases)('$name: an aborted attempt ends at once', async ({ name, load, rendered }) => {
    fakes.answers[name] = 'hang'
    const cut = new AbortController()
    const outcome = (await load()).send(rendered, deliver(600, cut.signal)).catch(() => ({ kind: 'retry' }))
    await vi.waitFor(() => expect(fakes.received).toHaveLength(1))
    cut.abort()
    expect(await outcome).toMatchObject({ kind: 'retry' })
  })
})

describe('twilio', () => {
  it('gets the number in E.164, our sender, and no longer than the message is worth anything', async () => {
    await (await twilio()).send(SMS, deliver(300))
    const [{ fields, headers } = { fields: {}, headers: {} }] = fakes.received
    expect(fields).toEqual({ To: '+6281234567890', From: '+15005550006', Body: SMS.text, ValidityPeriod: '300' })
    expect(headers).toMatchObject({ authorization: `Basic ${Buffer.from('AC0123:twilio-token').toString('base64')}` })
  })

  it('gets a messaging service instead of a sender, and at most what it takes as validity', async () => {
    vi.stubEnv('TWILIO_MESSAGING_SERVICE_SID', SERVICE)
    await (await twilio()).send(SMS, deliver(3 * 24 * 3600))
    expect(fakes.received[0]?.fields).toEqual({
      To: '+6281234567890',
      MessagingServiceSid: SERVICE,
      Body: SMS.text,
      ValidityPeriod: '14400',
    })
  })

  it('is told where to report what became of it, unless that is this very machine', async () => {
    await (await twilio()).send(SMS, deliver())
    vi.stubEnv('APP_ORIGIN', 'https://akun.toko.example')
    vi.resetModules()
    await (await twilio()).send(SMS, deliver())
    const callbacks = fakes.received.map(({ fields }) => fields.StatusCallback)
    expect(callbacks).toEqual([undefined, 'https://akun.toko.example/webhooks/twilio'])
  })

  it.each([21211, 21610, 21614])('says no for good with code %i', async (code) => {
    fakes.answers.twilio = { status: 400, body: { code, message: 'The number +6281234567890 is not valid', status: 400 } }
    expect(await (await twilio()).send(SMS, deliver())).toEqual({ kind: 'rejected', reason: `twilio ${code}` })
  })

  it('does not take a sender that is not ours', async () => {
    fakes.answers.twilio = { status: 400, body: { code: 21606, message: 'The From number is not yours', status: 400 } }
    const outcome = await (await twilio()).send(SMS, deliver())
    expect(outcome).toEqual({ kind: 'barred', refuses: 'sender', reason: 'twilio 400 21606' })
  })

  it('says with other codes that another provider or attempt may mend it', async () => {
    fakes.answers.twilio = { status: 400, body: { code: 21617, message: 'too long', status: 400 } }
    expect(await (await twilio()).send(SMS, deliver())).toEqual({ kind: 'retry', reason: 'twilio 400 21617' })
  })
})

describe('vonage', () => {
  it('gets the number without its plus, the lifetime in milliseconds and our id', async () => {
    await (await vonage()).send(SMS, deliver(300))
    expect(fakes.received[0]?.fields).toEqual({
      api_key: 'vonage-key',
      api_secret: 'vonage-secret',
      from: 'TOKO',
      to: '6281234567890',
      text: SMS.text,
      ttl: '300000',
      'client-ref': ID,
    })
  })

  it.each([
    ['7', 'rejected'],
    ['6', 'rejected'],
    ['1', 'retry'],
    ['5', 'retry'],
    ['9', 'retry'],
    ['4', 'barred'],
    ['15', 'barred'],
  ])('says no inside of an answer of 200: status %s is %s', async (status, kind) => {
    const body = { 'message-count': '1', messages: [{ status, 'error-text': 'for 6281234567890' }] }
    fakes.answers.vonage = { status: 200, body }
    const outcome = await (await vonage()).send(SMS, deliver())
    expect(outcome.kind).toBe(kind)
    expect(JSON.stringify(outcome)).not.toContain('6281234567890')
  })

  it('did not accept a message of which one part failed', async () => {
    fakes.answers.vonage = { status: 200, body: { messages: [{ status: '0', 'message-id': 'a' }, { status: '5' }] } }
    expect(await (await vonage()).send(SMS, deliver())).toEqual({ kind: 'retry', reason: 'vonage status 5', isOutage: true })
  })
})

describe('resend', () => {
  it('M2 gets the id as idempotency key, and a mark that no machine is to answer', async () => {
    await (await resend()).send(MAIL, deliver())
    const [{ fields, headers } = { fields: {}, headers: {} }] = fakes.received
    expect(headers).toMatchObject({ 'idempotency-key': ID, authorization: 'Bearer re_test' })
    expect(fields).toMatchObject({
      from: 'Toko <akun@toko.example>',
      to: EMAIL.value,
      subject: MAIL.subject,
      text: MAIL.text,
      html: MAIL.html,
    })
    expect(fields).toMatchObject({ headers: { 'Auto-Submitted': 'auto-generated' } })
  })

  it('says no for good when it is the recipient that it cannot take, and not when it is one of our fields', async () => {
    const answer = (field: string) => ({
      status: 422,
      body: { statusCode: 422, name: 'validation_error', message: `Invalid \`${field}\` field.` },
    })
    fakes.answers.resend = answer('to')
    expect(await (await resend()).send(MAIL, deliver())).toEqual({ kind: 'rejected', reason: 'resend 422 validation_error' })
    fakes.answers.resend = answer('from')
    expect(await (await resend()).send(MAIL, deliver())).toMatchObject({ kind: 'barred', refuses: 'sender' })
    fakes.answers.resend = answer('subject')
    expect(await (await resend()).send(MAIL, deliver())).toMatchObject({ kind: 'retry' })
  })

  it('does not take a domain that was not proven to be ours', async () => {
    const body = { statusCode: 403, name: 'validation_error', message: 'The toko.example domain is not verified.' }
    fakes.answers.resend = { status: 403, body }
    const outcome = await (await resend()).send(MAIL, deliver())
    expect(outcome).toEqual({ kind: 'barred', refuses: 'sender', reason: 'resend 403 validation_error' })
  })

  it('welcomes a key that may do nothing but send', async () => {
    fakes.answers.resend = { status: 401, body: { statusCode: 401, name: 'restricted_api_key', message: 'only send' } }
    expect(await (await resend()).probe?.(new AbortController().signal)).toBe('welcome')
  })
})
