import * as z from 'zod'

const LOCAL_HOST = /^(?:localhost|[\w.-]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** Whether what goes to a URL, such as cookies, codes and keys, would cross the network in clear. */
export function isOpenHttp(url = ''): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return protocol === 'http:' && !LOCAL_HOST.test(hostname)
}

/** An origin alone, without path or query. */
export const origin = z
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

export const smtpUrl = z
  .url({ protocol: /^smtps?$/, error: SMTP_URL_FAULT })
  .refine((text) => isWhole(text, /^\/?$/) && !text.includes('?'), SMTP_URL_FAULT)

const REDIS_URL_FAULT =
  'must be a redis:// or rediss:// URL with at most the number of a database after host and port, such as redis://user:password@host:6379/0, with # % / ? of its parts percent-encoded'

export const redisUrl = z
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

const START_UP_PARAMETERS = [
  'options',
  'statement_timeout',
  'lock_timeout',
  'idle_in_transaction_session_timeout',
]

/** The parameters of a connection URL that `pg` sends as settings of the session. */
export const startUpParametersIn = (url: string): string[] =>
  URL.canParse(url) ? START_UP_PARAMETERS.filter((name) => new URL(url).searchParams.has(name)) : []
