import { describe, expect, it } from 'vitest'
import { readEnv } from '@/lib/platform/env'
import { whatsappEnvironment } from '../support/provider-environment'
import { faultOf, PRODUCTION } from './environments'

describe('providers', () => {
  it('are required in production for e-mail and SMS', () => {
    expect(faultOf({ EMAIL_PROVIDERS: undefined, SMS_PROVIDERS: undefined })).toMatch(
      /EMAIL_PROVIDERS.*SMS_PROVIDERS/s,
    )
  })

  it.each([
    ['resend', 'EMAIL_PROVIDERS', ['RESEND_API_KEY']],
    ['smtp', 'EMAIL_PROVIDERS', ['SMTP_URL', 'EMAIL_FROM']],
    ['twilio', 'SMS_PROVIDERS', ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM']],
    ['vonage', 'SMS_PROVIDERS', ['VONAGE_API_KEY', 'VONAGE_API_SECRET', 'VONAGE_FROM']],
  ])('%s requires its variables', (provider, list, needed) => {
    const without = Object.fromEntries(needed.map((name) => [name, undefined]))
    for (const name of needed) expect(faultOf({ [list]: provider, ...without })).toContain(name)
  })

  it.each([
    [
      'meta',
      [
        'META_PHONE_NUMBER_ID',
        'META_ACCESS_TOKEN',
        'META_APP_SECRET',
        'META_VERIFY_TOKEN',
        'META_CODE_TEMPLATE',
        'META_NOTICE_TEMPLATE',
      ],
    ],
    [
      'twilio',
      [
        'TWILIO_ACCOUNT_SID',
        'TWILIO_AUTH_TOKEN',
        'TWILIO_WHATSAPP_FROM',
        'TWILIO_WHATSAPP_CODE_CONTENT',
        'TWILIO_WHATSAPP_NOTICE_CONTENT',
      ],
    ],
  ])('%s requires its variables for WhatsApp', (provider, needed) => {
    const whatsapp = whatsappEnvironment('https://graph.example')
    const without = Object.fromEntries(needed.map((name) => [name, undefined]))
    expect(faultOf({ ...whatsapp, WHATSAPP_PROVIDERS: provider })).toBe('')
    const fault = faultOf({ ...whatsapp, WHATSAPP_PROVIDERS: provider, ...without })
    for (const name of needed) expect(fault).toContain(`${name}: is required by WhatsApp`)
  })

  it.each([
    ['META_PHONE_NUMBER_ID', ['+62812', 'abc']],
    ['META_VERIFY_TOKEN', ['too short', 'has spaces in it, and is long']],
    ['META_CODE_TEMPLATE', ['Kode Masuk', '']],
    ['TWILIO_WHATSAPP_FROM', ['whatsapp:+6281100000001', 'TOKO', '0811']],
    ['TWILIO_WHATSAPP_CODE_CONTENT', [`HX${'1'.repeat(32)}`, `id=HX${'1'.repeat(32)}`]],
  ])('stop the start with an invalid %s', (name, values) => {
    for (const value of values.filter(Boolean))
      expect(faultOf({ [name]: value })).toContain(`${name}: must be`)
  })

  it.each([
    [
      'EMAIL_FROM',
      ['akun@toko.example', 'Toko <akun@toko.example>', '"Toko, Jakarta" <akun@toko.example>'],
    ],
    ['TWILIO_FROM', ['+15005550006', '12345', 'TOKO', 'Toko 24 Jam']],
    ['VONAGE_FROM', ['6281234567890', 'TOKO']],
    ['TWILIO_MESSAGING_SERVICE_SID', [`MG${'0a'.repeat(16)}`]],
  ])('accept a valid sender as %s', (name, values) => {
    for (const value of values) expect(faultOf({ [name]: value })).toBe('')
  })

  it.each([
    [
      'EMAIL_FROM',
      [
        'Toko',
        'akun@',
        'akun@toko',
        'Toko <akun>',
        'Toko akun@toko.example',
        'a@b.example, c@d.example',
      ],
    ],
    ['TWILIO_FROM', ['08123456789', '+62 812', 'a name that is too long', '!']],
    ['VONAGE_FROM', ['+0812', 'T🛒KO']],
    ['TWILIO_MESSAGING_SERVICE_SID', ['AC0123', 'MG1']],
  ])('stop the start with an invalid sender as %s', (name, values) => {
    for (const value of values) expect(faultOf({ [name]: value })).toContain(`${name}: must be`)
  })

  it('are used in the given order', () => {
    const vonage = { VONAGE_API_KEY: 'k', VONAGE_API_SECRET: 's', VONAGE_FROM: 'TOKO' }
    const { SMS_PROVIDERS } = readEnv({ ...PRODUCTION, ...vonage, SMS_PROVIDERS: 'vonage, twilio' })
    expect(SMS_PROVIDERS).toEqual(['vonage', 'twilio'])
  })
})
