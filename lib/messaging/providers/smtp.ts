import * as z from 'zod'
import { env } from '@/lib/platform/env'
import { LOOPBACK } from '@/lib/platform/http-client'
import { EMAIL_HEADERS, emailSender } from './email'
import { misconfigured, retry } from './outcomes'
import type { CredentialCheck, Outcome, Provider, Rendered, SendOptions } from './provider'

const STEP_LIMIT_MS = 8_000

/**
 * Permanent failures of a mail server (RFC 5321 4.2.1), and the commands at which they concern the
 * recipient or the sender.
 */
const PERMANENT = 500
const RECIPIENT_STEP = 'RCPT TO'
const SENDER_STEP = 'MAIL FROM'

/** The reply codes for a missing or wrong login (RFC 4954). */
const UNAUTHENTICATED = [530, 534, 535, 538]

/**
 * The reply code for a service that is not available. Without a reply code, the connection failed.
 */
const CLOSING = 421

const fault = z.object({
  responseCode: z.number().optional(),
  code: z.string().optional(),
  command: z.string().optional(),
})

/**
 * Sends e-mail through an SMTP server, encrypted except to the local machine. All attempts of a
 * message have the same Message-ID, so that mailboxes recognise a copy.
 */
export const smtp: Provider = { name: 'smtp', channel: 'email', send, probe }

let transport: ReturnType<typeof connect> | undefined

async function send(
  { to, subject, text, html }: Rendered,
  { idempotencyKey }: SendOptions,
): Promise<Outcome> {
  const messageId = `<${idempotencyKey}@${new URL(env().APP_ORIGIN).hostname}>`
  try {
    await (await server()).sendMail({
      from: emailSender(),
      to: { name: '', address: to.value },
      subject,
      text,
      html,
      messageId,
      headers: EMAIL_HEADERS,
    })
    return { kind: 'accepted', providerId: messageId }
  } catch (error) {
    return judge(fault.safeParse(error).data ?? {})
  }
}

async function probe(): Promise<CredentialCheck> {
  try {
    await (await server()).verify()
    return 'welcome'
  } catch (error) {
    return judge(fault.safeParse(error).data ?? {}).kind === 'misconfigured'
      ? 'misconfigured'
      : 'unknown'
  }
}

function server() {
  transport ??= connect(new URL(env().SMTP_URL ?? ''))
  return transport
}

async function connect({ protocol, hostname, port, username, password }: URL) {
  // A bundle of a CommonJS package has a default export alone.
  const {
    default: { createTransport },
  } = await import('nodemailer')
  const secure = protocol === 'smtps:'
  return createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && !LOOPBACK.includes(hostname),
    connectionTimeout: STEP_LIMIT_MS,
    greetingTimeout: STEP_LIMIT_MS,
    socketTimeout: STEP_LIMIT_MS,
    ...(username && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    }),
  })
}

/** Uses reply codes and commands only: the text of a server quotes the address. */
function judge({ responseCode = 0, code = 'failed', command }: z.output<typeof fault>): Outcome {
  const reason = `smtp ${responseCode || code}`
  if (UNAUTHENTICATED.includes(responseCode)) return misconfigured('key', reason)
  if (responseCode >= PERMANENT && command === SENDER_STEP) return misconfigured('sender', reason)
  if (responseCode >= PERMANENT && command === RECIPIENT_STEP) return { kind: 'rejected', reason }
  return retry(reason, { isOutage: !responseCode || responseCode === CLOSING })
}
