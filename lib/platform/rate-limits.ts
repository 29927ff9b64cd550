import { RateLimiterRes } from 'rate-limiter-flexible'
import { limiterInPostgres, limiterInRedis } from './limiters'
import { type Refused, refuse } from './result'
import { logSecurity } from './security-log'

const MINUTES = 60
const HOURS = 60 * MINUTES
const DAYS = 24 * HOURS

/**
 * Every limit of the product: `times` within `seconds`. The keys are submitted values, whether they
 * exist or not. `recipient` limits count the messages that are sent to one address, from whatever
 * request. `free` requests need no proof of work. A `network` is an IPv4 address or a /64 of IPv6, a
 * `site` a /48.
 */
const LIMITS = {
  loginFree: { times: 5, seconds: 15 * MINUTES },
  loginIdentifier: { times: 100, seconds: 15 * MINUTES },
  loginNetwork: { times: 1_000, seconds: 15 * MINUTES },
  loginSite: { times: 4_000, seconds: 15 * MINUTES },
  resetFree: { times: 3, seconds: 1 * DAYS },
  resetIdentifier: { times: 10, seconds: 1 * DAYS },
  resetNetwork: { times: 80, seconds: 1 * HOURS },
  resetSite: { times: 320, seconds: 1 * HOURS },
  registerFree: { times: 3, seconds: 1 * DAYS },
  registerIdentifier: { times: 10, seconds: 1 * DAYS },
  registerNetwork: { times: 120, seconds: 1 * HOURS },
  registerSite: { times: 480, seconds: 1 * HOURS },
  estimateNetwork: { times: 300, seconds: 1 * MINUTES },
  sendBurst: { times: 5, seconds: 10 * MINUTES },
  sendDay: { times: 10, seconds: 1 * DAYS },
  unfreezeStart: { times: 20, seconds: 1 * HOURS },
  recipientDay: { times: 10, seconds: 1 * DAYS },
  passwordChangeUser: { times: 10, seconds: 1 * DAYS },
  newNumberUser: { times: 10, seconds: 1 * DAYS },
  passwordUser: { times: 10, seconds: 15 * MINUTES },
  once: { times: 1, seconds: 1 },
} as const

export type LimitName = keyof typeof LIMITS

/** How many uses a limit allows. */
export const timesOf = (name: LimitName): number => LIMITS[name].times

/**
 * Consumes one send of a customer, a known device, a link, or an address that nobody has confirmed.
 * Refused with the seconds to wait. The limit of the shorter time comes first, so that its refusals
 * consume nothing of the day.
 */
export async function consumeSendLimit(
  key: string,
): Promise<Refused<'send_throttled'> | undefined> {
  const wait = (await take('sendBurst', key)) ?? (await take('sendDay', key))
  return wait === undefined ? undefined : refuse('send_throttled', wait)
}

/**
 * Consumes one registration form of a network. Each costs the server an estimate of the password,
 * and a weak one sends nothing. Refused with the seconds to wait.
 */
export async function consumeEstimateLimit(
  network: string,
): Promise<Refused<'send_throttled'> | undefined> {
  return refuseAbove('estimateNetwork', network, 'send_throttled')
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
 * Consumes one message that strangers caused of those that an address receives (`recipientKey`);
 * false when the limit is used up. The result must not be shown: it would reveal that the address
 * exists.
 */
export async function consumeRecipientLimit(key: string): Promise<boolean> {
  return (await take('recipientDay', key)) === undefined
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

/** Takes a key that can be taken once in so many seconds; false when it was taken before. */
export async function takeOnce(key: string, seconds: number): Promise<boolean> {
  return (await consume('once', key, seconds)).waitSeconds === undefined
}

/** Whether `takeOnce` would find the key taken. */
export async function isTaken(key: string): Promise<boolean> {
  return (await peek('once', key)).count > 0
}

/** A counted use: how many there are now, and, above the limit, the seconds to wait. */
export type Use = { count: number; waitSeconds: number | undefined }

/** Consumes one use of a limit. */
export async function consume(
  name: LimitName,
  key: string,
  seconds: number = LIMITS[name].seconds,
): Promise<Use> {
  try {
    const counter = await limiter(name)
    const { consumedPoints } = await counter.consume(key, 1, { customDuration: seconds })
    return { count: consumedPoints, waitSeconds: undefined }
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    return { count: refused.consumedPoints, waitSeconds: secondsOf(refused.msBeforeNext) }
  }
}

/** The uses of a limit that are counted now, and, when it is used up, the seconds to wait. */
export async function peek(name: LimitName, key: string): Promise<Use> {
  const counter = await limiter(name)
  const found = await counter.get(key)
  const count = found?.consumedPoints ?? 0
  const isUsedUp = found !== null && count >= LIMITS[name].times
  return { count, waitSeconds: isUsedUp ? secondsOf(found.msBeforeNext) : undefined }
}

/** Takes counted uses back. */
export async function giveBack(name: LimitName, key: string, uses = 1): Promise<void> {
  const counter = await limiter(name)
  await counter.reward(key, uses)
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
async function take(name: LimitName, key: string) {
  const { waitSeconds } = await consume(name, key)
  if (waitSeconds) logSecurity('excess_rate_limit_exceeded', { limit: name, identifier: key })
  return waitSeconds
}

/**
 * What can be taken once is always kept in PostgreSQL. Redis may lose a key, and a used ticket
 * would then hold again.
 */
async function limiter(name: LimitName) {
  const limit = { name, ...LIMITS[name] }
  return name === 'once' ? limiterInPostgres(limit) : limiterInRedis(limit)
}

/** At least one: a counter of Redis may end between the reading of its count and of its time. */
const secondsOf = (milliseconds: number) => Math.max(1, Math.ceil(milliseconds / 1_000))
