import type { Counter } from './limit-counts'
import { consume, consumeAll, consumeAndTake, giveBack, type Once, type Use } from './limit-uses'
import type { LimitName } from './limits'
import { networkOf } from './networks'
import { done, type Refused, type Result, refuse } from './result'
import { logSecurity } from './security-log'
import type { AnyTx } from './statement'

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

/** A counted send. `withdraw` takes it back: a later check refused it, and nothing is sent. */
export type TakenSend = { withdraw(): Promise<void> }

/**
 * Consumes one send of a customer to an address that nobody has confirmed. It counts at the address,
 * whoever asks (`key`). The first send of a customer in a day is never refused: other customers who
 * name the address of somebody else must not stop its owner. Refused with the seconds to wait, and
 * then counted nowhere.
 */
export async function consumeNewAddressSend(
  key: string,
  userId: string,
): Promise<Result<TakenSend, 'send_throttled'>> {
  const own = `${userId}:${key}`
  const first = await consume('firstSendDay', own)
  const burst = await consume('sendBurst', key)
  const day = burst.waitSeconds === undefined ? await consume('sendDay', key) : undefined
  const taken: Counter[] = [
    { name: 'firstSendDay', key: own },
    { name: 'sendBurst', key },
    ...(day ? [{ name: 'sendDay', key } as const] : []),
  ]
  const withdraw = () => giveBack(taken)
  const wait = burst.waitSeconds ?? day?.waitSeconds
  if (first.waitSeconds === undefined || wait === undefined) return done({ withdraw })
  await withdraw()
  logLimit(day ? 'sendDay' : 'sendBurst', key)
  return refuse('send_throttled', wait)
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
 * The key of the sends that release a held password. Whoever set it may have somebody else's number,
 * and must not use up the owner's own sends.
 */
export const releaseSendsKey = (userId: string) => `release:${userId}`

/** The same as `consumeRecipientLimits`, for one address. */
export async function consumeRecipientLimit(key: string): Promise<boolean> {
  const [isAllowed = false] = await consumeRecipientLimits([key])
  return isAllowed
}

/**
 * Consumes one message that strangers caused of those that each address receives (`recipientKey`);
 * false where the limit is used up. The result must not be shown: it would reveal that the address
 * exists.
 */
export async function consumeRecipientLimits(keys: readonly string[]): Promise<boolean[]> {
  return areAllowed(keys, await consumeAll(keys.map(recipientCounter)))
}

/** The same as `consumeRecipientLimits` and `takeOnce`, by one statement unless limits are in Redis. */
export async function consumeRecipientLimitsOnce(
  keys: readonly string[],
  once: Once,
  tx: AnyTx,
): Promise<{ isAllowed: boolean[]; isFirst: boolean }> {
  const { uses, isFirst } = await consumeAndTake(keys.map(recipientCounter), once, tx)
  return { isAllowed: areAllowed(keys, uses), isFirst }
}

const recipientCounter = (key: string): Counter => ({ name: 'recipientDay', key })

const areAllowed = (keys: readonly string[], uses: readonly Use[]) =>
  uses.map(({ waitSeconds }, nth) => {
    if (waitSeconds) logLimit('recipientDay', keys[nth] ?? '')
    return waitSeconds === undefined
  })

/**
 * Consumes one attempt at the current password of a signed-in user, before it is compared. Refused
 * with the seconds to wait. A right one is given back, and counts only at `passwordUses`, which
 * bounds what one account costs the server.
 */
export async function consumePasswordLimit(
  userId: string,
): Promise<Refused<'password_throttled'> | undefined> {
  const tooMany = await refuseAbove('passwordUses', userId, 'password_throttled')
  return tooMany ?? refuseAbove('passwordUser', userId, 'password_throttled')
}

/** Takes back what `consumePasswordLimit` counted as wrong. */
export const givePasswordBack = (userId: string): Promise<void> =>
  giveBack([{ name: 'passwordUser', key: userId }])

/**
 * Consumes one code that a signed-in customer has sent to an unconfirmed number: no other limit
 * bounds what one account costs. Refused with the seconds to wait.
 */
export async function consumeNewNumberLimit(
  userId: string,
): Promise<Refused<'send_throttled'> | undefined> {
  return refuseAbove('newNumberUser', userId, 'send_throttled')
}

/** Takes back a code that `consumeNewNumberLimit` counted and that is not sent. */
export const giveBackNewNumber = (userId: string): Promise<void> =>
  giveBack([{ name: 'newNumberUser', key: userId }])

/**
 * Consumes one change of the password by a signed-in customer. Its notices are never withheld, and it
 * needs no code: no other limit bounds what they cost. Refused with the seconds to wait.
 */
export async function consumePasswordChange(
  userId: string,
): Promise<Refused<'changes_throttled'> | undefined> {
  return refuseAbove('passwordChangeUser', userId, 'changes_throttled')
}

/**
 * Consumes one sign-in to the care console that a network begins. Each is a row. Refused with the
 * seconds to wait.
 */
export async function limitCareSignIn(
  ip: string,
): Promise<Refused<'passkey_throttled'> | undefined> {
  return refuseAbove('careSignIn', networkOf(ip), 'passkey_throttled')
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
  if (waitSeconds) logLimit(name, key)
  return waitSeconds
}

const logLimit = (limit: LimitName, identifier: string) =>
  logSecurity('excess_rate_limit_exceeded', { limit, identifier })
