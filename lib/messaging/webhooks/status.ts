import * as z from 'zod'
import { logSecurity } from '@/lib/platform/security-log'

/** The HTTP status of a webhook. `done` also for known and for irrelevant receipts. */
export const STATUS = {
  done: 200,
  malformed: 400,
  forged: 401,
  unconfigured: 404,
  oversized: 413,
} as const

export type Status = (typeof STATUS)[keyof typeof STATUS]

/** Refuses and logs a report without the signature of the provider. */
export function refuseForged(provider: 'twilio' | 'resend' | 'meta'): Status {
  logSecurity('authz_fail', { subject: 'webhook', reason: provider })
  return STATUS.forged
}

/** An id that a provider gave to a message. */
export const providerId = z.string().regex(/^[\w-]{1,200}$/)
