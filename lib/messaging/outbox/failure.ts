import type { Message } from '@/prisma/client/client'

/**
 * Why a message failed. `undelivered`: a provider accepted it, and it did not arrive. `refused`: no provider
 * accepted it. `withheld`: a limit of messages was reached, or it had no recipient. `expired`: it was not
 * sent in time. `restored`: it was unsent when a backup was restored.
 */
export type FailureClass = 'undelivered' | 'refused' | 'withheld' | 'expired' | 'restored'

const OWN_REASONS = ['withheld', 'expired', 'restored'] as const

/** The class of a failure; undefined for a message that has not failed. */
export function failureOf({
  failedAt,
  deliveredAt,
  sentAt,
  lastError,
}: Pick<Message, 'failedAt' | 'deliveredAt' | 'sentAt' | 'lastError'>): FailureClass | undefined {
  if (!failedAt || deliveredAt) return undefined
  const own = OWN_REASONS.find((reason) => reason === lastError)
  if (own) return own
  return sentAt ? 'undelivered' : 'refused'
}
