import {
  type RateLimiterAbstract,
  RateLimiterPostgres,
  RateLimiterRes,
} from 'rate-limiter-flexible'
import { pool } from './db'
import { type Refused, refuse } from './result'

const MINUTES = 60
const HOURS = 60 * MINUTES

/**
 * Every limit of the product: so many times within so many seconds. Keys are what was submitted, whether it exists or not;
 * `target` counts the messages that truly go to one address, whoever asked for them and by whatever name.
 */
const LIMITS = {
  sendBurst: { times: 5, seconds: 10 * MINUTES },
  sendDay: { times: 10, seconds: 24 * HOURS },
  sendIp: { times: 20, seconds: 1 * HOURS },
  targetBurst: { times: 5, seconds: 10 * MINUTES },
  targetDay: { times: 10, seconds: 24 * HOURS },
  loginIdentifier: { times: 10, seconds: 15 * MINUTES },
  loginIp: { times: 100, seconds: 15 * MINUTES },
  passwordUser: { times: 10, seconds: 15 * MINUTES },
} as const

type LimitName = keyof typeof LIMITS

/**
 * Takes one send for a submitted address (its blind index) and an IP address. Refused with the seconds to wait. The shortest window
 * comes first: what it refuses uses up nothing of the day.
 */
export async function consumeSendLimit(
  key: string,
  ip: string,
): Promise<Refused<'send_throttled'> | undefined> {
  const wait =
    (await take('sendIp', ip)) ?? (await take('sendBurst', key)) ?? (await take('sendDay', key))
  return wait === undefined ? undefined : refuse('send_throttled', wait)
}

/**
 * Whose sends to the own primary phone are counted: the signed-in customer's, so that strangers who ask for codes to that
 * number cannot keep its owner from guarding the account.
 */
export const ownSendsKey = (userId: string) => `user:${userId}`

/** Whose sends are counted while a frozen account is being opened: strangers cannot use them up, nor a thief go on and on. */
export const unfreezeSendsKey = (userId: string) => `thaw:${userId}`

/** May a message still go to this address (its blind index)? The answer stays inside: telling it would tell that it exists. */
export async function consumeRecipientLimit(blindIndex: string): Promise<boolean> {
  const wait = (await take('targetBurst', blindIndex)) ?? (await take('targetDay', blindIndex))
  return wait === undefined
}

/** Takes one login attempt for a submitted identifier (its blind index) and an IP address. */
export async function consumeLoginLimit(
  key: string,
  ip: string,
): Promise<Refused<'login_throttled'> | undefined> {
  const wait = (await take('loginIp', ip)) ?? (await take('loginIdentifier', key))
  return wait === undefined ? undefined : refuse('login_throttled', wait)
}

/** Takes one try at the current password of a signed-in user. */
export async function consumePasswordLimit(
  userId: string,
): Promise<Refused<'password_throttled'> | undefined> {
  const wait = await take('passwordUser', userId)
  return wait === undefined ? undefined : refuse('password_throttled', wait)
}

/** The seconds to wait when the limit is used up; undefined when one more was free and is now taken. */
async function take(name: LimitName, key: string): Promise<number | undefined> {
  try {
    await limiter(name).consume(key)
    return undefined
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return Math.ceil(refused.msBeforeNext / 1_000)
    throw refused
  }
}

const limiters = new Map<LimitName, { pool: unknown; limiter: RateLimiterAbstract }>()

function limiter(name: LimitName): RateLimiterAbstract {
  const known = limiters.get(name)
  if (known?.pool === pool()) return known.limiter
  const { times, seconds } = LIMITS[name]
  const made = new RateLimiterPostgres({
    storeClient: pool(),
    storeType: 'pool',
    tableName: 'RateLimit',
    tableCreated: true,
    keyPrefix: name,
    points: times,
    duration: seconds,
  })
  limiters.set(name, { pool: pool(), limiter: made })
  return made
}
