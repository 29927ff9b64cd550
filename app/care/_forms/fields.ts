import * as z from 'zod/mini'
import type { Refusal } from '../../_text/refusal'

const REASON = { least: 10, most: 500 } as const
const TICKET_MOST = 40
const QUERY_MOST = 300
const CODE_DIGITS = 6

/** A text of a length; any other has one refusal. */
const written = (least: number, most: number, refusal: Refusal) =>
  z
    .string({ error: refusal })
    .check(z.trim(), z.minLength(least, { error: refusal }), z.maxLength(most, { error: refusal }))

export const reason = written(REASON.least, REASON.most, 'care_reason_malformed')
export const ticket = written(1, TICKET_MOST, 'care_ticket_malformed')

const missing: Refusal = 'care_query_missing'
export const query = z
  .string({ error: missing })
  .check(
    z.trim(),
    z.minLength(1, { error: missing }),
    z.maxLength(QUERY_MOST, { error: 'care_query_partial' satisfies Refusal }),
  )

const empty: Refusal = 'care_word_empty'
const code: Refusal = 'care_looks_like_code'

/** A word that was heard. Six digits may be the code of a reset: they do not leave the browser. */
export const callerWord = z.string({ error: empty }).check(
  z.trim(),
  z.minLength(1, { error: empty, abort: true }),
  z.refine((text) => (text.match(/\p{Nd}/gu) ?? []).length < CODE_DIGITS, code),
)
