/** Tests and measurements of delivery send much to few numbers. */
export const NO_CEILINGS = Object.fromEntries(
  ['SMS_PER', 'SMS_PER_COUNTRY', 'SMS_PER_PREFIX'].flatMap((name) =>
    ['HOUR', 'DAY'].map((time) => [`${name}_${time}`, '1000000'] as const),
  ),
)

/** Tests of other things do not wait for the rates of providers. */
const NO_PACE = { RESEND_PER_SECOND: '10000', VONAGE_PER_SECOND: '10000' }

/** The environment of a product that sends through the fakes at `url`. */
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
    ...NO_PACE,
    ...NO_CEILINGS,
  }
}

/** The settings of WhatsApp, which a product may do without. */
export function whatsappEnvironment(url: string): Record<string, string> {
  return {
    WHATSAPP_PROVIDERS: 'meta,twilio',
    META_PHONE_NUMBER_ID: '10987654321',
    META_ACCESS_TOKEN: 'meta-token',
    META_APP_SECRET: 'meta-secret',
    META_VERIFY_TOKEN: 'a-token-that-meta-repeats',
    META_CODE_TEMPLATE: 'kode_masuk',
    META_NOTICE_TEMPLATE: 'kabar_akun',
    META_BASE_URL: `${url}/v25.0`,
    TWILIO_WHATSAPP_FROM: '+6281100000001',
    TWILIO_WHATSAPP_CODE_CONTENT: `id=HX${'1'.repeat(32)},en=HX${'2'.repeat(32)}`,
    TWILIO_WHATSAPP_NOTICE_CONTENT: `en=HX${'4'.repeat(32)},id=HX${'3'.repeat(32)}`,
  }
}
