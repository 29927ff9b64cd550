import { codeOf } from '@/lib/platform/command'
import { env } from '@/lib/platform/env'
import { metrics } from '@/lib/platform/metrics'
import { withTimeLimit } from '@/lib/platform/time-limit'
import type { Breaker } from './breaker'
import { camara } from './camara'
import {
  type FailureKind,
  type Signal,
  type SignalAnswer,
  SignalFailure,
  type SignalProvider,
} from './provider'
import { vonage } from './vonage'

/** A customer waits for this before a code is sent. */
const LIMIT_MS = 1_500

const PROVIDERS = { none: undefined, camara, vonage } as const

/**
 * What can come of a question: the answer of the operator; one that is known from before; none,
 * because it failed, was refused or throttled; or it was not put, because the questions before had
 * no answer, or too many are open.
 */
const ENDS = ['yes', 'no', 'unknown', 'cached', 'failed', 'refused', 'throttled', 'paused'] as const
type End = (typeof ENDS)[number]

/** The increase of a counter does not see the sample that creates it. */
for (const signal of ['sim_swap', 'recycled'] as const)
  for (const answer of ENDS) metrics.numberSignals.inc({ signal, answer }, 0)

/** Counts how a question ended. */
export function countEnd(signal: Signal, answer: End): void {
  metrics.numberSignals.inc({ signal, answer })
}

/** The provider that NUMBER_SIGNALS names, if any. */
export const providerInUse = (): SignalProvider | undefined => PROVIDERS[env().NUMBER_SIGNALS]

/** A question about a number. `number` is its blind index. */
export type Question = {
  signal: Signal
  number: string
  now: Date
  put(provider: SignalProvider, signal: AbortSignal): Promise<SignalAnswer>
}

/** The end of a question that was put, or that the breaker did not admit. */
export type Outcome = SignalAnswer | FailureKind | 'paused'

/** Puts a question if the breaker admits it, for at most 1.5 s, and counts its end. Never rejects. */
export async function putQuestion(
  provider: SignalProvider,
  question: Question,
  breaker: Breaker,
): Promise<Outcome> {
  const outcome = breaker.admits(question.now)
    ? await put(provider, question, breaker)
    : ('paused' as const)
  countEnd(question.signal, outcome)
  return outcome
}

async function put(
  provider: SignalProvider,
  { signal, number, now, put: putTo }: Question,
  breaker: Breaker,
) {
  const stopTimer = metrics.operatorCalls.startTimer({ provider: provider.name, signal })
  try {
    const answer = await withTimeLimit(LIMIT_MS, undefined, (abort) => putTo(provider, abort))
    breaker.close()
    return answer
  } catch (error) {
    const failure = toFailure(error)
    breaker.fail(failure, number, now)
    return failure.kind
  } finally {
    stopTimer()
  }
}

/** The texts of other errors may quote a request, so only their name or code is kept. */
function toFailure(error: unknown): SignalFailure {
  if (error instanceof SignalFailure) return error
  const name = error instanceof Error ? error.name : typeof error
  return new SignalFailure('failed', name === 'Error' ? (codeOf(error) ?? name) : name)
}
