import { z } from 'zod'

/** What the sender is asked to write: one message for each key, all in one transaction or so many transactions a second. */
export const Orders = z.object({
  kind: z.enum(['product', 'bare']),
  keys: z.array(z.string()),
  perSecond: z.number().optional(),
})

export type Order = z.output<typeof Orders>

/** A key, and when its transaction was about to commit. */
export const SentList = z.array(z.tuple([z.string(), z.number()]))

export type Sent = z.output<typeof SentList>[number]
