import type { Phone } from '@/lib/addresses'
import { type Answer, isThrottled } from '@/lib/platform/http-client'

/** `yes`, `no`, or `unknown`: no coverage, an error, an answer that came too late. */
export type SignalAnswer = 'yes' | 'no' | 'unknown'

/** What the operator of a number says about it. */
export type NumberSignals = { simSwapped: SignalAnswer; recycled: SignalAnswer }

/** The name of a signal in metrics and the log. */
export type Signal = 'sim_swap' | 'recycled'

/**
 * A way to ask mobile operators. `unknown` is an answer: the operator works, and cannot tell about
 * this number. Without an answer each function throws, mostly a `SignalFailure`.
 */
export type SignalProvider = {
  name: 'camara' | 'vonage'
  /** Whether the SIM of a number was changed in the last `hours` before `now`. */
  simSwapped(phone: Phone, hours: number, now: Date, signal: AbortSignal): Promise<SignalAnswer>
  /** Whether a number was given to another person after the day of `verifiedAt`. */
  recycled(phone: Phone, verifiedAt: Date, signal: AbortSignal): Promise<SignalAnswer>
}

/**
 * Why there is no answer: the provider does not work, it refuses our key or our request, or it asks
 * for a pause.
 */
export type FailureKind = 'failed' | 'refused' | 'throttled'

/** A question without an answer. `message` is fit for the log: it holds no text of the provider. */
export class SignalFailure extends Error {
  readonly kind: FailureKind
  readonly afterSeconds: number | undefined

  constructor(kind: FailureKind, message: string, afterSeconds?: number) {
    super(message)
    this.name = 'SignalFailure'
    this.kind = kind
    this.afterSeconds = afterSeconds
  }
}

/** The failure that the status of an answer shows. */
export function failureOf({ status, afterSeconds }: Answer): SignalFailure {
  const reason = `status ${status}`
  if (isThrottled(status)) return new SignalFailure('throttled', reason, afterSeconds)
  const isRefusal = status >= 400 && status < 500
  return new SignalFailure(isRefusal ? 'refused' : 'failed', reason)
}

/** A good status with a content that is not as specified. */
export const unreadable = (): SignalFailure => new SignalFailure('failed', 'unreadable')

export const toAnswer = (isSo: boolean): SignalAnswer => (isSo ? 'yes' : 'no')
