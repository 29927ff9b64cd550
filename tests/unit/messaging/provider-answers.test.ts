import { describe, expect, it, vi } from 'vitest'
import { deliver, fakes, ID, MAIL, resend, SMS, twilio, vonage } from './provider-actions'

const SERVICE = `MG${'0a'.repeat(16)}`

describe('twilio', () => {
  it('receives the number in E.164, our sender, and the lifetime of the message', async () => {
    await (await twilio()).send(SMS, deliver(300))
    const [{ fields, headers } = { fields: {}, headers: {} }] = fakes().received
    expect(fields).toEqual({
      To: '+6281234567890',
      From: '+15005550006',
      Body: SMS.text,
      ValidityPeriod: '300',
    })
    expect(headers).toMatchObject({
      authorization: `Basic ${Buffer.from('AC0123:twilio-token').toString('base64')}`,
    })
  })

  it('receives a messaging service instead of a sender, and at most its longest validity', async () => {
    vi.stubEnv('TWILIO_MESSAGING_SERVICE_SID', SERVICE)
    await (await twilio()).send(SMS, deliver(3 * 24 * 3600))
    expect(fakes().received[0]?.fields).toEqual({
      To: '+6281234567890',
      MessagingServiceSid: SERVICE,
      Body: SMS.text,
      ValidityPeriod: '14400',
    })
  })

  it('receives a callback URL, except for localhost', async () => {
    await (await twilio()).send(SMS, deliver())
    vi.stubEnv('APP_ORIGIN', 'https://akun.toko.example')
    vi.resetModules()
    await (await twilio()).send(SMS, deliver())
    const callbacks = fakes().received.map(({ fields }) => fields.StatusCallback)
    expect(callbacks).toEqual([undefined, 'https://akun.toko.example/webhooks/twilio'])
  })

  it.each([21211, 21610, 21614])('rejects permanently with code %i', async (code) => {
    fakes().answers.twilio = {
      status: 400,
      body: { code, message: 'The number +6281234567890 is not valid', status: 400 },
    }
    expect(await (await twilio()).send(SMS, deliver())).toEqual({
      kind: 'rejected',
      reason: `twilio ${code}`,
    })
  })

  it.each([20005, 30002])('refuses our account with code %i', async (code) => {
    fakes().answers.twilio = { status: 403, body: { code, message: 'suspended', status: 403 } }
    expect(await (await twilio()).send(SMS, deliver())).toEqual({
      kind: 'misconfigured',
      refuses: 'account',
      reason: `twilio 403 ${code}`,
    })
  })

  it('refuses a sender that is not ours', async () => {
    fakes().answers.twilio = {
      status: 400,
      body: { code: 21606, message: 'The From number is not yours', status: 400 },
    }
    const outcome = await (await twilio()).send(SMS, deliver())
    expect(outcome).toEqual({
      kind: 'misconfigured',
      refuses: 'sender',
      reason: 'twilio 400 21606',
    })
  })

  it('allows another provider or attempt with other codes', async () => {
    fakes().answers.twilio = {
      status: 400,
      body: { code: 21617, message: 'too long', status: 400 },
    }
    expect(await (await twilio()).send(SMS, deliver())).toEqual({
      kind: 'retry',
      reason: 'twilio 400 21617',
    })
  })
})

describe('vonage', () => {
  it('receives the number without its plus, the lifetime in milliseconds and our id', async () => {
    await (await vonage()).send(SMS, deliver(300))
    expect(fakes().received[0]?.fields).toEqual({
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
    ['7', { kind: 'rejected' }],
    ['6', { kind: 'rejected' }],
    ['33', { kind: 'rejected' }],
    ['1', { kind: 'retry' }],
    ['5', { kind: 'retry' }],
    ['2', { kind: 'retry' }],
    ['4', { kind: 'misconfigured', refuses: 'key' }],
    ['9', { kind: 'misconfigured', refuses: 'account' }],
    ['29', { kind: 'retry' }],
    ['15', { kind: 'misconfigured', refuses: 'sender' }],
  ])('refuses within an answer of 200: status %s is %j', async (status, expected) => {
    const body = { 'message-count': '1', messages: [{ status, 'error-text': 'for 6281234567890' }] }
    fakes().answers.vonage = { status: 200, body }
    const outcome = await (await vonage()).send(SMS, deliver())
    expect(outcome).toMatchObject(expected)
    expect(JSON.stringify(outcome)).not.toContain('6281234567890')
  })

  it('fails a message when one part fails', async () => {
    fakes().answers.vonage = {
      status: 200,
      body: { messages: [{ status: '0', 'message-id': 'a' }, { status: '5' }] },
    }
    expect(await (await vonage()).send(SMS, deliver())).toEqual({
      kind: 'retry',
      reason: 'vonage status 5',
      isOutage: true,
    })
  })
})

describe('resend', () => {
  it('M2 receives the id as idempotency key, and the header against automatic replies', async () => {
    await (await resend()).send(MAIL, deliver())
    const [{ fields, headers } = { fields: {}, headers: {} }] = fakes().received
    expect(headers).toMatchObject({ 'idempotency-key': ID, authorization: 'Bearer re_test' })
    expect(fields).toMatchObject({
      from: '"Toko" <akun@toko.example>',
      to: MAIL.to.value,
      subject: MAIL.subject,
      text: MAIL.text,
      html: MAIL.html,
    })
    expect(fields).toMatchObject({ headers: { 'Auto-Submitted': 'auto-generated' } })
  })

  it('rejects a recipient permanently, but not a fault in our fields', async () => {
    const answer = (field: string) => ({
      status: 422,
      body: { statusCode: 422, name: 'validation_error', message: `Invalid \`${field}\` field.` },
    })
    fakes().answers.resend = answer('to')
    expect(await (await resend()).send(MAIL, deliver())).toEqual({
      kind: 'rejected',
      reason: 'resend 422 validation_error',
    })
    fakes().answers.resend = answer('from')
    expect(await (await resend()).send(MAIL, deliver())).toMatchObject({
      kind: 'misconfigured',
      refuses: 'sender',
    })
    fakes().answers.resend = answer('subject')
    expect(await (await resend()).send(MAIL, deliver())).toMatchObject({ kind: 'retry' })
  })

  it('refuses an unverified domain', async () => {
    const body = {
      statusCode: 403,
      name: 'validation_error',
      message: 'The toko.example domain is not verified.',
    }
    fakes().answers.resend = { status: 403, body }
    const outcome = await (await resend()).send(MAIL, deliver())
    expect(outcome).toEqual({
      kind: 'misconfigured',
      refuses: 'sender',
      reason: 'resend 403 validation_error',
    })
  })

  it('accepts a key with permission to send only', async () => {
    fakes().answers.resend = {
      status: 401,
      body: { statusCode: 401, name: 'restricted_api_key', message: 'only send' },
    }
    expect(await (await resend()).probe?.(new AbortController().signal)).toBe('welcome')
  })
})
