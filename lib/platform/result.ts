import type { Challenge } from 'altcha-lib'

/**
 * A request for a proof of work. `challenge` is for the browser's computation; without JavaScript
 * the ticket alone holds after `waitSeconds`.
 */
export type ProofRequest = { ticket: string; challenge: Challenge; waitSeconds: number }

/**
 * An expected "no": one typed word, and, where waiting helps, for how many seconds. With `proof`,
 * the same request is accepted with that proof. `attemptsLeft`: how many answers are still accepted.
 */
export type Refused<Word extends string> = {
  ok: false
  refusal: Word
  retryAfterSeconds?: number
  attemptsLeft?: number
  proof?: ProofRequest
}

/** The outcome of a function that can be refused. Bugs and outages throw instead. */
export type Result<Value, Word extends string> = { ok: true; value: Value } | Refused<Word>

export function done(): { ok: true; value: undefined }
export function done<Value>(value: Value): { ok: true; value: Value }
export function done<Value>(value?: Value) {
  return { ok: true as const, value }
}

export function refuse<const Word extends string>(
  refusal: Word,
  retryAfterSeconds?: number,
): Refused<Word> {
  return retryAfterSeconds === undefined
    ? { ok: false, refusal }
    : { ok: false, refusal, retryAfterSeconds }
}
