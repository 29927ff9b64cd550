import type { Resend } from 'resend'
import * as z from 'zod'
import { env } from '@/lib/platform/env'
import {
  askWithKey,
  isOutage,
  isThrottled,
  isUnauthorised,
  readWait,
} from '@/lib/platform/http-client'
import { EMAIL_HEADERS, formatSender } from './email'
import { misconfigured, retry, welcomeBy } from './outcomes'
import type { CredentialCheck, Outcome, Provider, Rendered, SendOptions } from './provider'

const accepted = z.object({ id: z.string() })

/**
 * The client returns any JSON that came with an error, also from a proxy in between, so its shape
 * is checked.
 */
const refused = z.object({ statusCode: z.number(), name: z.string(), message: z.string() })

/** E-mail through Resend, which sends once for each idempotency key (kept for 24 hours). */
export const resend: Provider = { name: 'resend', channel: 'email', send, probe }

/** Our account may send no more today or this month. */
const QUOTAS = ['daily_quota_exceeded', 'monthly_quota_exceeded']

/** The answer to any other request of a key that may only send. */
const SENDING_ONLY = z.object({ name: z.literal('restricted_api_key') })

let client: Resend | undefined

async function send(
  { to, subject = '', text, html }: Rendered,
  { idempotencyKey, signal }: SendOptions,
): Promise<Outcome> {
  const { RESEND_API_KEY, RESEND_BASE_URL } = env()
  const { Resend } = await import('resend')
  client ??= new Resend(RESEND_API_KEY, { baseUrl: RESEND_BASE_URL })
  const email = {
    from: formatSender(),
    to: to.value,
    subject,
    text,
    headers: EMAIL_HEADERS,
    ...(html && { html }),
  }
  const { data, error, headers } = await client.emails.send(email, { idempotencyKey, signal })
  const { data: taken } = accepted.safeParse(data)
  if (taken) return { kind: 'accepted', providerId: taken.id }
  return judge(refused.safeParse(error).data, readWait(headers))
}

async function probe(signal: AbortSignal): Promise<CredentialCheck> {
  const { RESEND_API_KEY, RESEND_BASE_URL } = env()
  const answer = await askWithKey(
    new URL('/domains', RESEND_BASE_URL),
    `Bearer ${RESEND_API_KEY}`,
    signal,
  )
  return SENDING_ONLY.safeParse(answer.body).success ? 'welcome' : welcomeBy(answer)
}

function judge(
  error: z.output<typeof refused> | undefined,
  afterSeconds: number | undefined,
): Outcome {
  // The client reports a lost connection in this form, too.
  if (!error) return retry('resend unreadable answer', { afterSeconds, isOutage: true })
  const { statusCode, name, message } = error
  const reason = `resend ${statusCode} ${name}`
  if (QUOTAS.includes(name)) return misconfigured('account', reason)
  if (isUnauthorised(statusCode)) return misconfigured(isSender(error) ? 'sender' : 'key', reason)
  // A fault in one of our own fields has the same name and status; only the text names the field.
  const isField = statusCode === 400 || statusCode === 422
  if (isField && message.includes('`to`')) return { kind: 'rejected', reason }
  if (isField && message.includes('`from`')) return misconfigured('sender', reason)
  return retry(reason, {
    afterSeconds,
    isOutage: isOutage(statusCode),
    isThrottled: isThrottled(statusCode),
  })
}

/** A domain that was not proven to be ours is refused with the status of a wrong key. */
function isSender({ name }: z.output<typeof refused>) {
  return name === 'validation_error' || name === 'invalid_from_address'
}
