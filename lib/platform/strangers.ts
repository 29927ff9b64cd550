import type { Counter } from './limit-counts'
import {
  type Consumed,
  consumeAll,
  consumeUnless,
  consumeUnlessOn,
  giveBack,
  type Use,
} from './limit-uses'
import { timesOf } from './limits'
import { acceptProof, type GivenProof, requestProof } from './proof-of-work'
import { done, type Refused, type Result, refuse } from './result'
import { logSecurity } from './security-log'
import type { AnyTx, Sql } from './statement'
import {
  countersOf,
  effortOf,
  networkCounters,
  type StrangerCounter,
  type Wish,
} from './stranger-counters'

/** `key`: the submitted identifier, as a keyed hash; `formerKeys`: under the other live keys. */
export type StrangerRequest = {
  wish: Wish
  key: string
  formerKeys?: readonly string[]
  ip: string
  proof: GivenProof | undefined
  now: Date
}

/** A request that was let in and is counted. */
export type Admission = {
  /** Whether it is one of more requests than are free for the identifier. */
  isExcess: boolean
  /** Takes back what was counted: the request was the owner's. */
  withdraw(tx?: AnyTx): Promise<void>
}

/**
 * Counts a stranger's request if it is free, by one statement on the connection of `sql`. Undefined, and
 * not counted, while the limits are in Redis.
 */
export const countFree = (request: StrangerRequest, sql: Sql): Promise<Consumed | undefined> =>
  consumeUnlessOn(sql, boundedOf(request))

const boundedOf = (request: StrangerRequest) =>
  countersOf(request).map((one) => ({ ...one, stopAt: one.free }))

/**
 * Lets a stranger's request in and counts it, unless `countFree` has counted it. Refused:
 * `proof_needed`, with the proof that the same request then brings; `throttled` with the seconds to
 * wait, far above. The answer depends on what was submitted and on the network, never on whether the
 * account exists (ASVS 6.3.8). The caller holds no connection: with every connection held, none would
 * get a second one.
 */
export async function admitStranger(
  request: StrangerRequest,
  counted?: Consumed,
): Promise<Result<Admission, 'proof_needed' | 'throttled'>> {
  const { before, after, taken } = counted ?? (await consumeFree(request))
  return after ? finish(request, after, taken) : admitProven(request, countersOf(request), before)
}

const consumeFree = (request: StrangerRequest) =>
  consumeUnless(boundedOf(request), { name: `${request.wish}Free`, key: request.key })

/** A request that is not free. Only what is let in is counted. */
async function admitProven(
  request: StrangerRequest,
  counters: readonly StrangerCounter[],
  before: readonly Use[],
): Promise<Result<Admission, 'proof_needed' | 'throttled'>> {
  const usedUp = refuseUsedUp(before, request)
  if (usedUp) return usedUp
  // Another request may have taken the last free one since.
  const effort = Math.max(1, effortOf(counters, before))
  if (!(await isProof(request, effort))) return askForProof(request, effort)
  return finish(request, await consumeAll(counters), counters)
}

async function finish(
  request: StrangerRequest,
  uses: readonly Use[],
  taken: readonly Counter[],
): Promise<Result<Admission, 'throttled'>> {
  const withdraw = (tx?: AnyTx) => giveBack(taken, 1, tx)
  const late = refuseUsedUp(uses, request)
  if (late) {
    await withdraw()
    return late
  }
  return done({ isExcess: isExcess(uses, request.wish), withdraw })
}

/** Whether the identifier, whose use comes first, has had more than its free requests. */
const isExcess = ([use]: readonly Use[], wish: Wish) => (use?.count ?? 0) > timesOf(`${wish}Free`)

/** A request that was not let in, with the word of its flow for `throttled`. */
export function refusedAs<const Word extends string>(
  refused: Refused<'proof_needed' | 'throttled'>,
  throttled: Word,
): Refused<Word | 'proof_needed'> {
  return {
    ...refused,
    refusal: refused.refusal === 'throttled' ? throttled : refused.refusal,
  }
}

function refuseUsedUp(
  uses: readonly Use[],
  { wish, key }: Pick<StrangerRequest, 'wish' | 'key'>,
): Refused<'throttled'> | undefined {
  const waits = uses.flatMap(({ waitSeconds }) => waitSeconds ?? [])
  if (waits.length === 0) return undefined
  logExcess(wish, key, 'throttled')
  return refuse('throttled', Math.max(...waits))
}

/** Whose account it is, if any, is not read for a request that is not let in. */
function logExcess(limit: Wish, key: string, reason: string) {
  // The key of a reset ends with its path.
  const [identifier = key] = key.split(':')
  logSecurity('excess_rate_limit_exceeded', { userId: null, limit, identifier, reason })
}

/** Another code of a request that was let in. */
export type StrangerSend = Pick<StrangerRequest, 'key' | 'ip'> & { wish: 'reset' | 'register' }

/**
 * Counts another code where its request was counted, at the identifier and at the network: else one
 * request would cost as many SMS as an identifier has. It needs no proof. Refused: `send_throttled`
 * with the seconds to wait, and counted nowhere.
 */
export async function consumeStrangerSend(
  send: StrangerSend,
): Promise<Result<Pick<Admission, 'isExcess'>, 'send_throttled'>> {
  const counters = countersOf(send)
  const uses = await consumeAll(counters)
  const usedUp = refuseUsedUp(uses, send)
  if (usedUp) {
    await giveBack(counters)
    return refuse('send_throttled', usedUp.retryAfterSeconds)
  }
  return done({ isExcess: isExcess(uses, send.wish) })
}

/**
 * Counts the sends of a request no longer against the network: a code came back, so they were a
 * customer's. `ip` is the address of the answer, which mostly is that of the request.
 */
export async function creditNetwork(
  wish: 'reset' | 'register',
  ip: string,
  sends: number,
  tx?: AnyTx,
): Promise<void> {
  await giveBack(networkCounters(wish, ip), sends, tx)
}

/**
 * Whether the request brings a proof of this effort. One that was asked for a step earlier is
 * enough: another request may have come in the meantime.
 */
async function isProof(request: StrangerRequest, effort: number) {
  const { proof, now } = request
  const atLeast = Math.floor(effort / 2)
  return proof !== undefined && acceptProof(proof, subjectOf(request), atLeast, now)
}

const subjectOf = ({ wish, key, formerKeys = [] }: StrangerRequest) => ({
  purpose: wish,
  key,
  formerKeys,
})

async function askForProof(request: StrangerRequest, effort: number) {
  const { wish, key, proof: brought, now } = request
  logExcess(wish, key, brought ? 'proof_refused' : 'proof_needed')
  const proof = await requestProof(subjectOf(request), effort, now, brought)
  return { ...refuse('proof_needed', proof.waitSeconds), proof }
}
