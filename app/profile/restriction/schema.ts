import * as z from 'zod/mini'
import type { Refusal } from '../../_text/refusal'

const missing: Refusal = 'choice_missing'

/** The id of the chosen address. */
export const lifterSchema = z.object({ address: z.uuid({ error: missing }) })
