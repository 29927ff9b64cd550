import { Resend } from 'resend'
import { z } from 'zod'
import { env } from '@/lib/env'
import { EMAIL_HEADERS } from './email'
import { isOutage, readRetryAfter, retry } from './http'
import type { Delivery, Outcome, Provider, Rendered } from './provider'

const accepted = z.object({ id: z.string() })

/** The client hands on whatever JSON came with an error, a stranger's in between included. */
const refused = z.object({ statusCode: z.number(), name: z.string(), message: z.string() })

/** E-mail through Resend, which sends once for each idempotency key (kept for 24 hours). */
export const resend: Provider = { name: 'resend', channel: 'email', send }

let client: Resend | undefined

async function send({ to, subject = '', text, html }: Rendered, { idempotencyKey, signal }: Delivery): Promise<Outcome> {
  const { RESEND_API_KEY, RESEND_BASE_URL, EMAIL_FROM = '' } = env()
  client ??= new Resend(RESEND_API_KEY, { baseUrl: RESEND_BASE_URL })
  const email = { from: EMAIL_FROM, to: to.value, subject, text, headers: EMAIL_HEADERS, ...(html && { html }) }
  const { data, error, headers } = await client.emails.send(email, { idempotencyKey, signal })
  const { data: taken } = accepted.safeParse(data)
  if (taken) return { kind: 'accepted', providerId: taken.id }
  return judge(refused.safeParse(error).data, readRetryAfter(headers?.['retry-after']))
}

function judge(error: z.output<typeof refused> | undefined, afterSeconds: number | undefined): Outcome {
  // So the client tells of a lost connection, too.
  if (!error) return retry('resend unreadable answer', { afterSeconds, isOutage: true })
  const { statusCode, name, message } = error
  // A fault in one of our own fields has the same name and status; only the text tells which field it was.
  const isRecipientAtFault = (statusCode === 400 || statusCode === 422) && message.includes('`to`')
  return isRecipientAtFault
    ? { kind: 'rejected', reason: `resend ${statusCode} ${name}` }
    : retry(`resend ${statusCode} ${name}`, { afterSeconds, isOutage: isOutage(statusCode) })
}
