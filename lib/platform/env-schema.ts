import * as z from 'zod'
import { signalVariables } from './env-signals'
import { databaseUrl, origin, redisUrl, smtpUrl } from './env-urls'
import { keyRing, secretRing } from './key-rings'

/** Concurrent sends of a worker, unless the variable of that name says otherwise. */
const WORKER_CONCURRENCY = 48

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`))

const integer = (least: number, most: number, byDefault: number) =>
  wholeNumber(least, most).default(byDefault)

const RATE_MOST = 10_000
const rate = () => wholeNumber(1, RATE_MOST)

const DAYS_MOST = 3_650
const days = (least: number, byDefault: number) => integer(least, DAYS_MOST, byDefault)

const SMS_MOST = 1_000_000_000
const ceiling = (byDefault: number) => integer(1, SMS_MOST, byDefault)

const listOf = <const Name extends string>(...names: Name[]) =>
  z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim()))
    .pipe(z.array(z.enum(names, `must be a comma separated list of: ${names.join(', ')}`)).min(1))

/** `akun@toko.example`, `Toko <akun@toko.example>`, `"Toko, Jakarta" <akun@toko.example>`. */
const MAILBOX =
  /^(?:(?:"[^"<>\r\n]+" *|[^"<>@,;:\r\n]+)<[^\s<>@]+@[^\s<>@.]+(?:\.[^\s<>@.]+)+>|[^\s<>@]+@[^\s<>@.]+(?:\.[^\s<>@.]+)+)$/

/**
 * A number in international form, a short code, or a name of up to 11 letters, digits and spaces
 * with a letter among them.
 */
const smsSender = z
  .string()
  .regex(
    /^(?:\+?[1-9]\d{3,14}|(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9 ]{0,10})$/,
    'must be a number such as +6281234567890, or a name of at most 11 letters and digits',
  )

const phoneNumber = z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be a number such as +6281234567890')

const templateName = z
  .string()
  .regex(/^[a-z0-9_]{1,512}$/, 'must be the name of a template: lower case letters, digits and _')

/** The ids of a content template in both languages. */
const contentIds = z
  .string()
  .regex(
    /^(?:id=HX[0-9a-f]{32},en=HX[0-9a-f]{32}|en=HX[0-9a-f]{32},id=HX[0-9a-f]{32})$/,
    'must be id=HX… and en=HX…, separated by a comma',
  )
  .transform((text) => {
    const ids = new Map(text.split(',').map((part) => [part.slice(0, 2), part.slice(3)] as const))
    return { id: ids.get('id') ?? '', en: ids.get('en') ?? '' }
  })

/** Every variable that the product reads, with its format and default. */
export const environmentSchema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  PORT: integer(1, 65535, 3000),
  WEB_CONCURRENCY: z
    .string()
    .regex(/^(?:auto|[1-9]\d{0,2})$/, 'must be auto, or a whole number from 1 to 999')
    .transform((text) => (text === 'auto' ? ('auto' as const) : Number(text)))
    .default(1),
  HOST: z
    .string()
    .regex(/^[\w.:-]{1,253}$/, 'must be an IP address or a host name of this machine')
    .optional(),
  DATABASE_URL: databaseUrl,
  DATABASE_DIRECT_URL: databaseUrl.optional(),
  DATABASE_POOL: integer(2, 1_000, 20),
  WORKER_CONCURRENCY: integer(1, 1_000, WORKER_CONCURRENCY),
  REDIS_URL: redisUrl.optional(),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'must have at least 16 characters and no spaces')
    .optional(),
  WORKER_HEALTH_PORT: wholeNumber(1, 65535).optional(),
  ACCESS_LOG: z.enum(['on', 'off'], 'must be on or off').default('off'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be an http(s) URL' })
    .optional(),
  DATA_DIR: z.string().default('.data'),
  APP_ORIGIN: origin.optional(),
  CARE_ORIGIN: origin.optional(),
  CARE_LOOK_UPS_PER_HOUR: integer(1, 1_000, 20),
  CARE_UNFREEZE_HOURS: integer(1, 168, 24),
  AUTH_SECRET: secretRing,
  SEALING_KEYS: keyRing,
  HASHING_KEYS: keyRing,
  EMAIL_PROVIDERS: listOf('resend', 'smtp').optional(),
  RESEND_API_KEY: z.string().optional(),
  RESEND_BASE_URL: z.url().default('https://api.resend.com'),
  RESEND_WEBHOOK_SECRET: z
    .string()
    .regex(
      /^whsec_(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
      'must be whsec_ and a secret in base64',
    )
    .optional(),
  EMAIL_FROM: z
    .string()
    .regex(MAILBOX, 'must be an address, or a name and an address: Toko <akun@toko.example>')
    .optional(),
  RESEND_PER_SECOND: rate().default(2),
  SMTP_URL: smtpUrl.optional(),
  SMTP_PER_SECOND: rate().optional(),
  SMS_PROVIDERS: listOf('twilio', 'vonage').optional(),
  TWILIO_ACCOUNT_SID: z.string().optional(),
  TWILIO_AUTH_TOKEN: z.string().optional(),
  TWILIO_FROM: smsSender.optional(),
  TWILIO_MESSAGING_SERVICE_SID: z
    .string()
    .regex(/^MG[0-9a-fA-F]{32}$/, 'must be MG and 32 hexadecimal digits')
    .optional(),
  TWILIO_BASE_URL: z.url().default('https://api.twilio.com'),
  TWILIO_PER_SECOND: rate().optional(),
  VONAGE_API_KEY: z.string().optional(),
  VONAGE_API_SECRET: z.string().optional(),
  VONAGE_FROM: smsSender.optional(),
  VONAGE_BASE_URL: z.url().default('https://rest.nexmo.com'),
  VONAGE_PER_SECOND: rate().default(30),
  WHATSAPP_PROVIDERS: listOf('meta', 'twilio').optional(),
  META_PHONE_NUMBER_ID: z
    .string()
    .regex(/^\d{5,20}$/, 'must be the id of a phone number: digits')
    .optional(),
  META_ACCESS_TOKEN: z.string().optional(),
  META_APP_SECRET: z.string().optional(),
  META_VERIFY_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'must be at least 16 characters without spaces')
    .optional(),
  META_CODE_TEMPLATE: templateName.optional(),
  META_NOTICE_TEMPLATE: templateName.optional(),
  META_BASE_URL: z.url().default('https://graph.facebook.com/v25.0'),
  META_PER_SECOND: rate().optional(),
  TWILIO_WHATSAPP_FROM: phoneNumber.optional(),
  TWILIO_WHATSAPP_CODE_CONTENT: contentIds.optional(),
  TWILIO_WHATSAPP_NOTICE_CONTENT: contentIds.optional(),
  TWILIO_WHATSAPP_PER_SECOND: rate().optional(),
  ...signalVariables,
  SMS_COUNTRIES: z
    .string()
    .default('ID')
    .transform((text) => text.split(',').map((country) => country.trim()))
    .pipe(
      z.array(z.string().regex(/^[A-Z]{2}$/, 'must be ISO country codes such as ID,SG')).min(1),
    ),
  SMS_PER_HOUR: ceiling(4_000),
  SMS_PER_DAY: ceiling(25_000),
  SMS_PER_COUNTRY_HOUR: ceiling(3_000),
  SMS_PER_COUNTRY_DAY: ceiling(20_000),
  SMS_PER_PREFIX_HOUR: ceiling(100),
  SMS_PER_PREFIX_DAY: ceiling(300),
  SMS_NOTICES_PER_ACCOUNT_HOUR: ceiling(8),
  SMS_NOTICES_PER_ACCOUNT_DAY: ceiling(20),
  SMS_RESET_PERCENT: integer(10, 90, 40),
  CODE_LIFETIME_SECONDS: integer(60, 600, 600),
  RESEND_PAUSE_SECONDS: integer(1, 600, 60),
  RECOVERY_REWARD_POINTS: integer(1, 1_000_000, 1000),
  RECOVERY_CHECK_POINTS: integer(0, 1_000_000, 100),
  RETENTION_CHALLENGES_DAYS: days(2, 30),
  RETENTION_MESSAGES_DAYS: days(7, 90),
  RETENTION_SESSIONS_DAYS: days(1, 30),
  RETENTION_DEVICES_DAYS: days(31, 730),
  RETENTION_FAILURES_DAYS: days(30, 365),
  RETENTION_LINKS_DAYS: days(1, 30),
  RETENTION_ORIGINS_DAYS: days(30, 365),
  RETENTION_ADDRESSES_DAYS: days(30, 365),
  RETENTION_ACTIVITY_DAYS: days(365, 1826),
  TRUSTED_PROXY_HOPS: integer(0, 10, 0),
  BRAND_NAME: z.string().min(1).max(20).default('Blibli'),
  CARE_PHONE: z.string().max(16).default('021-25556060'),
  CARE_EMAIL: z.email().default('customer.care@blibli.com'),
  CARE_CHAT_URL: z.url().default('https://www.blibli.com/faq/hubungi-kami/'),
  CARE_FACEBOOK_URL: z.url().default('https://www.facebook.com/bliblidotcom'),
  CARE_TWITTER: z
    .string()
    .regex(/^@\w{1,15}$/, 'must be a handle such as @BlibliCare')
    .default('@BlibliCare'),
})
