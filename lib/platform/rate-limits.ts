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
 * Every limit of the product: `times` within `seconds`. Keys are what was submitted, whether it exists or not. `target` counts
 * the messages that really go to one address, whoever asked for them.
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
 * The key of a signed-in customer's own sends. Strangers who ask for codes to the same number do not count here, so that they
 * cannot stop the owner.
 */
export const ownSendsKey = (userId: string) => `user:${userId}`

/**
 * The key of the sends that unfreeze an account. Strangers cannot use them up, and a thief has no unlimited ones. The key keeps
 * its former name, so that an upgrade loses no counter.
 */
export const unfreezeSendsKey = (userId: string) => `thaw:${userId}`

/**
 * Whether a message may still go to this address (its blind index). Never shown to the asker: it would reveal that the address
 * exists.
 */
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

/** Takes one use. Returns the seconds to wait when the limit is used up, else undefined. */
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
