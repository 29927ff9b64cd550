import { describe, expect, it } from 'vitest'
import { readEnv } from '@/lib/platform/env'
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
