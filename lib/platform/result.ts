/** An expected "no": one typed word, and, where waiting helps, for how many seconds. */
export type Refused<Word extends string> = { ok: false; refusal: Word; retryAfterSeconds?: number }

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
