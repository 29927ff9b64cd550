import { networksOf } from './networks'
import { acceptProof, type GivenProof, requestProof } from './proof-of-work'
import { consume, giveBack, type LimitName, peek, timesOf, type Use } from './rate-limits'
import { done, type Refused, type Result, refuse } from './result'
import { logSecurity } from './security-log'

/** What a browser asks for that is no known device. */
type Wish = 'login' | 'reset' | 'register'

/** `key`: the submitted identifier, as a keyed hash. */
export type StrangerRequest = {
  wish: Wish
  key: string
  ip: string
  proof: GivenProof | undefined
  now: Date
}

/** A request that was let in and is counted. */
export type Admission = {
  /** Whether it is one of more requests than are free for the identifier. */
  isExcess: boolean
  /** Takes back what was counted: the request was the owner's. */
  withdraw(): Promise<void>
}

type Counter = { name: LimitName; key: string; free: number; effortOf: (excess: number) => number }

/**
 * Thousands of customers share an address of a carrier, so what a network sends makes proofs
 * necessary and harder, and refuses only far above that. A request that turned out to be a
 * customer's no longer counts.
 */
const NETWORK = { login: 50, reset: 30, register: 30 } as const
const SITES = 4
const NETWORK_STEP = 40

/** The effort doubles with each further request for one identifier. */
const HARDEST_FOR_IDENTIFIER = 16
/** The hardest proof that a network's traffic asks for: below three seconds on a slow phone. */
const HARDEST_FOR_NETWORK = 4

/**
 * Lets a stranger's request in and counts it. Refused: `proof_needed`, with the proof that the same
 * request then brings; `throttled` with the seconds to wait, far above. The answer depends on what
 * was submitted and on the network, never on whether the account exists (ASVS 6.3.8).
 */
export async function admitStranger(
  request: StrangerRequest,
): Promise<Result<Admission, 'proof_needed' | 'throttled'>> {
  const { wish, key } = request
  const counters = countersOf(request)
  const before = await Promise.all(counters.map(({ name, key }) => peek(name, key)))
  const usedUp = refuseUsedUp(before, request)
  if (usedUp) return usedUp
  const effort = effortOf(counters, before)
  const isProven = effort > 0 && (await isProof(request, effort))
  if (effort > 0 && !isProven) return askForProof(request, effort)
  // Requests at the same moment found the same counts before. Only what is let in is counted there.
  const isFree = !isProven && (await consume(`${wish}Free`, key)).waitSeconds === undefined
  if (!isProven && !isFree && !(await isProof(request, 1))) return askForProof(request, 1)
  const uses = await Promise.all(counters.map(({ name, key }) => consume(name, key)))
  const withdraw = async () => {
    if (isFree) await giveBack(`${wish}Free`, key)
    await Promise.all(counters.map(({ name, key }) => giveBack(name, key)))
  }
  const late = refuseUsedUp(uses, request)
  if (late) {
    await withdraw()
    return late
  }
  return done({ isExcess: isExcess(uses, wish), withdraw })
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
export type StrangerSend = Omit<StrangerRequest, 'proof' | 'now'> & { wish: 'reset' | 'register' }

/**
 * Counts another code where its request was counted, at the identifier and at the network: else one
 * request would cost as many SMS as an identifier has. It needs no proof. Refused: `send_throttled`
 * with the seconds to wait, and counted nowhere.
 */
export async function consumeStrangerSend(
  send: StrangerSend,
): Promise<Result<Pick<Admission, 'isExcess'>, 'send_throttled'>> {
  const counters = countersOf(send)
  const uses = await Promise.all(counters.map(({ name, key }) => consume(name, key)))
  const usedUp = refuseUsedUp(uses, send)
  if (usedUp) {
    await Promise.all(counters.map(({ name, key }) => giveBack(name, key)))
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
): Promise<void> {
  if (sends === 0) return
  await Promise.all(networkCounters(wish, ip).map(({ name, key }) => giveBack(name, key, sends)))
}

/**
 * Whether the request brings a proof of this effort. One that was asked for a step earlier is
 * enough: another request may have come in the meantime.
 */
async function isProof({ wish, key, proof, now }: StrangerRequest, effort: number) {
  const atLeast = Math.floor(effort / 2)
  return proof !== undefined && acceptProof(proof, { purpose: wish, key }, atLeast, now)
}

async function askForProof({ wish, key, proof: brought, now }: StrangerRequest, effort: number) {
  logExcess(wish, key, brought ? 'proof_refused' : 'proof_needed')
  const proof = await requestProof({ purpose: wish, key }, effort, now, brought)
  return { ...refuse('proof_needed', proof.waitSeconds), proof }
}

function effortOf(counters: readonly Counter[], uses: readonly Use[]) {
  const efforts = counters.map(({ free, effortOf }, nth) => {
    const excess = (uses[nth]?.count ?? 0) - free
    return excess < 0 ? 0 : effortOf(excess)
  })
  return Math.max(...efforts)
}

function countersOf({ wish, key, ip }: Omit<StrangerRequest, 'proof' | 'now'>): Counter[] {
  const identifier: Counter = {
    name: `${wish}Identifier`,
    key,
    free: timesOf(`${wish}Free`),
    effortOf: (excess) => Math.min(HARDEST_FOR_IDENTIFIER, 2 ** excess),
  }
  return [identifier, ...networkCounters(wish, ip)]
}

function networkCounters(wish: Wish, ip: string): Counter[] {
  return networksOf(ip).map(({ name: key, size }) => {
    const isSite = size === 'site'
    const times = isSite ? SITES : 1
    return {
      name: isSite ? `${wish}Site` : `${wish}Network`,
      key,
      free: NETWORK[wish] * times,
      effortOf: (excess) =>
        Math.min(HARDEST_FOR_NETWORK, 1 + Math.floor(excess / (NETWORK_STEP * times))),
    } as const
  })
}
