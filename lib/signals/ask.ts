import { blindIndexOf, type Phone } from '@/lib/addresses'
import { createBreaker } from './breaker'
import { createCache, type Known } from './cache'
import { dayOf } from './day'
import type { NumberSignals, SignalAnswer } from './provider'
import { countEnd, type Outcome, providerInUse, putQuestion, type Question } from './put'

/** How long a new SIM is a reason for doubt. */
const SWAP_HOURS = 72

/**
 * So many questions of messages may be open at a time. A worker sends 48 SMS at a time
 * (WORKER_CONCURRENCY). A slow operator that does answer opens no breaker, and holds up half of them
 * at most.
 */
const LIVE_AT_ONCE = 24

const live = {
  sim_swap: createBreaker('sim_swap', 'live'),
  recycled: createBreaker('recycled', 'live'),
}
const yearly = createBreaker('recycled', 'yearly')
const cache = createCache()
let openQuestions = 0

/** Whether NUMBER_SIGNALS names a provider. */
export function asksOperators(): boolean {
  return providerInUse() !== undefined
}

type Facts = { verifiedAt: Date; now: Date }

/**
 * Asks the operator of a number, within 1.5 s and side by side, whether its SIM was changed in the
 * last 72 hours, and whether it was given to another person since `verifiedAt`. What came of it is
 * known for 30 s to ten minutes. Never rejects.
 */
export async function askOperator(phone: Phone, facts: Facts): Promise<NumberSignals> {
  const [simSwapped, recycled] = await Promise.all([
    askLive(swapQuestion(phone, facts.now), ''),
    askLive(recyclingQuestion(phone, facts), dayOf(facts.verifiedAt)),
  ])
  return { simSwapped, recycled }
}

/**
 * `unanswered`: the question failed or was refused. `paused`: the operator asks for a pause, or the
 * question was not put. `unknown` is an answer: the operator works, and cannot tell.
 */
export type YearlyAnswer = SignalAnswer | 'unanswered' | 'paused'

/**
 * Asks whether a number was given to another person, for a check that nobody waits for. Its failures
 * do not stop the questions of `askOperator`. It neither uses nor keeps what is known from before,
 * and puts any number of questions at a time. Never rejects.
 */
export async function askRecycledYearly(phone: Phone, facts: Facts): Promise<YearlyAnswer> {
  const provider = providerInUse()
  if (!provider) return 'paused'
  const outcome = await putQuestion(provider, recyclingQuestion(phone, facts), yearly)
  return outcome === 'throttled' ? 'paused' : knownFrom(outcome)
}

const swapQuestion = (phone: Phone, now: Date): Question => ({
  signal: 'sim_swap',
  number: blindIndexOf(phone),
  now,
  put: (provider, signal) => provider.simSwapped(phone, SWAP_HOURS, now, signal),
})

const recyclingQuestion = (phone: Phone, { verifiedAt, now }: Facts): Question => ({
  signal: 'recycled',
  number: blindIndexOf(phone),
  now,
  put: (provider, signal) => provider.recycled(phone, verifiedAt, signal),
})

/** Questions with the same `since` have the same answer. */
async function askLive(question: Question, since: string): Promise<SignalAnswer> {
  const { signal, number, now } = question
  const provider = providerInUse()
  if (!provider) return 'unknown'
  const key = `${signal} ${since} ${number}`
  const known = cache.find(key, now)
  const isFull = openQuestions >= LIVE_AT_ONCE
  if (known !== undefined || isFull) {
    countEnd(signal, known === undefined || known === 'unanswered' ? 'paused' : 'cached')
    return toAnswer(known)
  }
  openQuestions++
  const outcome = await putQuestion(provider, question, live[signal]).finally(() => openQuestions--)
  const found = knownFrom(outcome)
  if (found === 'paused') return 'unknown'
  cache.keep(key, found, { signal, now })
  return toAnswer(found)
}

const toAnswer = (known: Known | undefined): SignalAnswer =>
  known === undefined || known === 'unanswered' ? 'unknown' : known

function knownFrom(outcome: Outcome): Known | 'paused' {
  return outcome === 'failed' || outcome === 'refused' || outcome === 'throttled'
    ? 'unanswered'
    : outcome
}
