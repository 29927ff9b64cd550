import * as z from 'zod'

/**
 * One message per key: all in one transaction, or with `perSecond` one transaction each at that
 * rate.
 */
export const SendRequest = z.object({
  kind: z.enum(['product', 'bare']),
  keys: z.array(z.string()),
  perSecond: z.number().optional(),
})

export type SendRequest = z.output<typeof SendRequest>

/** Each key with the time just before its transaction committed. */
export const CommitTimes = z.array(z.tuple([z.string(), z.number()]))

export type CommitTimes = z.output<typeof CommitTimes>
