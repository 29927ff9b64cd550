import { blindIndexOf, type Phone } from '@/lib/addresses'
import { codeOf } from '@/lib/platform/command'
import { env } from '@/lib/platform/env'
import { metrics } from '@/lib/platform/metrics'
import { withTimeLimit } from '@/lib/platform/time-limit'
import { createBreaker } from './breaker'
import { createCache } from './cache'
import { camara } from './camara'
import { dayOf } from './day'
import {
  type NumberSignals,
  type Signal,
  type SignalAnswer,
  SignalFailure,
  type SignalProvider,
} from './provider'
import { vonage } from './vonage'

/** A customer waits for this before a code is sent. */
const LIMIT_MS = 1_500

/** How long a new SIM is a reason for doubt. */
const SWAP_HOURS = 72

/**
 * What can come of a question: the answer of the operator; one that is known from before; none,
 * because it failed, was refused or throttled; or it was not put, because the questions before failed.
 */
const ENDS = ['yes', 'no', 'unknown', 'cached', 'failed', 'refused', 'throttled', 'paused'] as const
type End = (typeof ENDS)[number]

/** The increase of a counter does not see the sample that creates it. */
for (const signal of ['sim_swap', 'recycled'] as const)
  for (const answer of ENDS) metrics.numberSignals.inc({ signal, answer }, 0)

const PROVIDERS = { none: undefined, camara, vonage } as const

const cache = createCache()
const breakers = { sim_swap: createBreaker('sim_swap'), recycled: createBreaker('recycled') }

/** Whether NUMBER_SIGNALS names a provider. */
export function asksOperators(): boolean {
  return env().NUMBER_SIGNALS !== 'none'
}

type Facts = { verifiedAt: Date; now: Date }

/**
 * Asks the operator of a number, within 1.5 s and side by side, whether its SIM was changed in the
 * last 72 hours, and whether it was given to another person since `verifiedAt`. Answers are kept
 * for ten minutes. Never rejects.
 */
export async function askOperator(phone: Phone, facts: Facts): Promise<NumberSignals> {
  const [simSwapped, recycled] = await Promise.all([
    askSimSwapped(phone, facts.now),
    askRecycled(phone, facts),
  ])
  return { simSwapped, recycled }
}

/** Asks only whether a number was given to another person, by the same rules. Never rejects. */
export function askRecycled(phone: Phone, { verifiedAt, now }: Facts): Promise<SignalAnswer> {
  const put: Put = (provider, signal) => provider.recycled(phone, verifiedAt, signal)
  return ask({ signal: 'recycled', phone, since: dayOf(verifiedAt), now, put })
}

function askSimSwapped(phone: Phone, now: Date) {
  const put: Put = (provider, signal) => provider.simSwapped(phone, SWAP_HOURS, now, signal)
  return ask({ signal: 'sim_swap', phone, since: '', now, put })
}

type Put = (provider: SignalProvider, signal: AbortSignal) => Promise<SignalAnswer>
type Question = { signal: Signal; phone: Phone; since: string; now: Date; put: Put }

async function ask({ signal, phone, since, now, put }: Question): Promise<SignalAnswer> {
  const provider = PROVIDERS[env().NUMBER_SIGNALS]
  if (!provider) return 'unknown'
  const number = blindIndexOf(phone)
  const key = `${signal} ${since} ${number}`
  const known = cache.find(key, now)
  if (known) return count(signal, 'cached', known)
  if (!breakers[signal].admits(now)) return count(signal, 'paused')
  const stopTimer = metrics.operatorCalls.startTimer({ provider: provider.name, signal })
  try {
    const answer = await withTimeLimit(LIMIT_MS, undefined, (abort) => put(provider, abort))
    breakers[signal].close()
    cache.keep(key, answer, now)
    return count(signal, answer, answer)
  } catch (error) {
    const failure = toFailure(error)
    breakers[signal].fail(failure, number, now)
    return count(signal, failure.kind)
  } finally {
    stopTimer()
  }
}

function count(signal: Signal, end: End, answer: SignalAnswer = 'unknown') {
  metrics.numberSignals.inc({ signal, answer: end })
  return answer
}

/** The texts of other errors may quote a request, so only their name or code is kept. */
function toFailure(error: unknown): SignalFailure {
  if (error instanceof SignalFailure) return error
  const name = error instanceof Error ? error.name : typeof error
  return new SignalFailure('failed', name === 'Error' ? (codeOf(error) ?? name) : name)
}
