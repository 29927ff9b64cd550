import * as z from 'zod/mini'
import type { Refusal } from '../../_text/refusal'

const missing: Refusal = 'choice_missing'

/** Which of the offered addresses: its id. */
export const lifterSchema = z.object({ address: z.uuid({ error: missing }) })
