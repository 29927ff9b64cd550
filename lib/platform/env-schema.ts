import { z } from 'zod'

const SECRET_MIN_CHARACTERS = 32
const KEY_BYTES = 32

/**
 * A named 256-bit key. The first of a ring is the current one; the others decrypt and find older
 * values.
 */
export type Key = { id: string; bytes: Buffer }
export type KeyRing = readonly [Key, ...Key[]]

const keyRing = z.string().transform((text, context): KeyRing => {
  const [current, ...older] = text.split(',').map(parseKey)
  if (current && older.every((key) => key !== undefined)) return [current, ...older]
  context.addIssue(
    `must be id:base64 of ${KEY_BYTES} bytes, comma separated (make one: openssl rand -base64 ${KEY_BYTES})`,
  )
  return z.NEVER
})

function parseKey(text: string): Key | undefined {
  const [, id, encoded] = /^\s*([\w-]{1,32}):([A-Za-z0-9+/]+={0,2})\s*$/.exec(text) ?? []
  const bytes = Buffer.from(encoded ?? '', 'base64')
  return id && bytes.length === KEY_BYTES ? { id, bytes } : undefined
}

const integer = (least: number, most: number, byDefault: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`))
    .default(byDefault)

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

const origin = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) URL' })
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    'must be an origin alone, such as https://akun.toko.example',
  )

const DATABASE_URL_FAULT =
  'must be a postgresql:// URL, such as postgresql://user:password@host:5432/database, with # % / ? of its parts percent-encoded'

/**
 * A connection URL. Refuses a URL that is cut off by an unencoded `#`, `%`, `/` or `?` of a
 * password, and Prisma's `?schema=`, which `pg` would ignore.
 */
export const databaseUrl = z
  .url({ protocol: /^postgres(ql)?$/, error: DATABASE_URL_FAULT })
  .refine((text) => isWhole(text, /^\/[^/@]+$/), DATABASE_URL_FAULT)
  .refine(
    (text) =>
      !URL.canParse(text) || (new URL(text).searchParams.get('schema') ?? 'public') === 'public',
    'must not name a schema; the tables are in "public"',
  )

const SMTP_URL_FAULT =
  'must be an smtp:// or smtps:// URL with nothing after host and port, such as smtp://user:password@host:587, with # % / ? of its parts percent-encoded'

const smtpUrl = z
  .url({ protocol: /^smtps?$/, error: SMTP_URL_FAULT })
  .refine((text) => isWhole(text, /^\/?$/) && !text.includes('?'), SMTP_URL_FAULT)

const REDIS_URL_FAULT =
  'must be a redis:// or rediss:// URL with at most the number of a database after host and port, such as redis://user:password@host:6379/0, with # % / ? of its parts percent-encoded'

const redisUrl = z
  .url({ protocol: /^rediss?$/, error: REDIS_URL_FAULT })
  .refine((text) => isWhole(text, /^(?:\/\d{0,4})?$/) && !text.includes('?'), REDIS_URL_FAULT)

/** Whether no part of a connection URL is cut off by a character that should be percent-encoded. */
function isWhole(text: string, path: RegExp) {
  // A text that is no URL has its own message.
  if (!URL.canParse(text)) return true
  const { username, password, hostname, pathname, searchParams, hash } = new URL(text)
  try {
    for (const part of [username, password, pathname]) decodeURIComponent(part)
  } catch {
    return false
  }
  return hash === '' && path.test(pathname) && (hostname !== '' || searchParams.has('host'))
}

/** Every variable that the product reads, with its format and default. */
export const environmentSchema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  PORT: integer(1, 65535, 3000),
  HOST: z
    .string()
    .regex(/^[\w.:-]{1,253}$/, 'must be an IP address or a host name of this machine')
    .optional(),
  DATABASE_URL: databaseUrl,
  REDIS_URL: redisUrl.optional(),
  DATA_DIR: z.string().default('.data'),
  APP_ORIGIN: origin.optional(),
  AUTH_SECRET: z
    .string()
    .min(SECRET_MIN_CHARACTERS, `must have at least ${SECRET_MIN_CHARACTERS} characters`),
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
  SMTP_URL: smtpUrl.optional(),
  SMS_PROVIDERS: listOf('twilio', 'vonage').optional(),
  TWILIO_ACCOUNT_SID: z.string().optional(),
  TWILIO_AUTH_TOKEN: z.string().optional(),
  TWILIO_FROM: smsSender.optional(),
  TWILIO_MESSAGING_SERVICE_SID: z
    .string()
    .regex(/^MG[0-9a-fA-F]{32}$/, 'must be MG and 32 hexadecimal digits')
    .optional(),
  TWILIO_BASE_URL: z.url().default('https://api.twilio.com'),
  VONAGE_API_KEY: z.string().optional(),
  VONAGE_API_SECRET: z.string().optional(),
  VONAGE_FROM: smsSender.optional(),
  VONAGE_BASE_URL: z.url().default('https://rest.nexmo.com'),
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
