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
 * Every limit of the product: `times` within `seconds`. The keys are submitted values, whether they
 * exist or not. `target` limits count the messages that are sent to one address, from whatever
 * request.
 */
const LIMITS = {
  sendBurst: { times: 5, seconds: 10 * MINUTES },
  sendDay: { times: 10, seconds: 24 * HOURS },
  sendIp: { times: 20, seconds: 1 * HOURS },
  registrationIp: { times: 60, seconds: 1 * MINUTES },
  unfreezeStart: { times: 20, seconds: 1 * HOURS },
  targetBurst: { times: 5, seconds: 10 * MINUTES },
  targetDay: { times: 10, seconds: 24 * HOURS },
  passwordChangeUser: { times: 10, seconds: 24 * HOURS },
  newNumberUser: { times: 10, seconds: 24 * HOURS },
  loginIdentifier: { times: 10, seconds: 15 * MINUTES },
  loginIp: { times: 100, seconds: 15 * MINUTES },
  passwordUser: { times: 10, seconds: 15 * MINUTES },
} as const

type LimitName = keyof typeof LIMITS

/**
 * Consumes one send for a submitted address (its blind index) and an IP address. Refused with the
 * seconds to wait. The limit of the shorter time comes first, so that its refusals consume nothing
 * of the day.
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
 * Consumes one registration form of an IP address. Each costs the server an estimate of the
 * password, and a weak one sends nothing. Refused with the seconds to wait.
 */
export async function consumeRegistrationLimit(
  ip: string,
): Promise<Refused<'send_throttled'> | undefined> {
  return refuseAbove('registrationIp', ip, 'send_throttled')
}

/**
 * Consumes one start of an unfreeze. The key is the link or the account whose password started it,
 * so that the holder of one link cannot use up what the owner needs. Refused with the seconds to
 * wait.
 */
export async function consumeUnfreezeStart(
  key: string,
): Promise<Refused<'unfreeze_throttled'> | undefined> {
  return refuseAbove('unfreezeStart', key, 'unfreeze_throttled')
}

/**
 * The key of a signed-in customer's own sends. Strangers who ask for codes to the same number do
 * not count here, so that they cannot stop the owner.
 */
export const ownSendsKey = (userId: string) => `user:${userId}`

/**
 * The key of the sends that unfreeze an account. Strangers cannot use them up, and a thief has no
 * unlimited ones. The key keeps its former name, so that an upgrade loses no counter.
 */
export const unfreezeSendsKey = (userId: string) => `thaw:${userId}`

/**
 * Consumes one message to this address (its blind index); false when the limit is used up. The
 * result must not be shown: it would reveal that the address exists.
 */
export async function consumeRecipientLimit(blindIndex: string): Promise<boolean> {
  const wait = (await take('targetBurst', blindIndex)) ?? (await take('targetDay', blindIndex))
  return wait === undefined
}

/**
 * Consumes one login attempt for a submitted identifier (its blind index) and an IP address.
 * Refused with the seconds to wait.
 */
export async function consumeLoginLimit(
  key: string,
  ip: string,
): Promise<Refused<'login_throttled'> | undefined> {
  const wait = (await take('loginIp', ip)) ?? (await take('loginIdentifier', key))
  return wait === undefined ? undefined : refuse('login_throttled', wait)
}

/**
 * Consumes one attempt at the current password of a signed-in user. Refused with the seconds to
 * wait.
 */
export async function consumePasswordLimit(
  userId: string,
): Promise<Refused<'password_throttled'> | undefined> {
  return refuseAbove('passwordUser', userId, 'password_throttled')
}

/**
 * Consumes one code that a signed-in customer has sent to an unconfirmed number: no other limit
 * bounds what one account costs. Refused with the seconds to wait.
 */
export async function consumeNewNumberLimit(
  userId: string,
): Promise<Refused<'send_throttled'> | undefined> {
  return refuseAbove('newNumberUser', userId, 'send_throttled')
}

/**
 * Consumes one change of the password by a signed-in customer. Its notices are never withheld, and it
 * needs no code: no other limit bounds what they cost. Refused with the seconds to wait.
 */
export async function consumePasswordChange(
  userId: string,
): Promise<Refused<'password_throttled'> | undefined> {
  return refuseAbove('passwordChangeUser', userId, 'password_throttled')
}

async function refuseAbove<Word extends string>(
  name: LimitName,
  key: string,
  word: Word,
): Promise<Refused<Word> | undefined> {
  const wait = await take(name, key)
  return wait === undefined ? undefined : refuse(word, wait)
}

/** Consumes one use. Returns the seconds to wait when the limit is used up, else undefined. */
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
