import * as z from 'zod'
import { env } from '@/lib/platform/env'
import {
  type Answer,
  askWithKey,
  basicAuthorisation,
  isOutage,
  isThrottled,
  isUnauthorised,
  LOOPBACK,
  postForm,
} from '@/lib/platform/http-client'
import { misconfigured, retry, secondsLeft, welcomeBy } from './outcomes'
import type { CredentialCheck, Outcome, Provider, Rendered, SendOptions } from './provider'

/** The bounds of ValidityPeriod, after which Twilio drops an SMS that was not delivered. */
const VALIDITY_SECONDS = { least: 1, most: 14_400 } as const

const SMS_CODES: ChannelCodes = {
  /** The number is invalid, not mobile, unreachable, or its holder has answered STOP. */
  recipient: [21211, 21214, 21217, 21610, 21614],
  /**
   * Our number or messaging service is missing, not ours, or cannot send SMS. None of these depends
   * on the recipient, so no customer can cause them with a typed number.
   */
  sender: [21212, 21603, 21606, 21659, 21660, 21703, 21704, 21705],
  template: [],
}

/**
 * Our account is not active, suspended, or has reached its daily limit. A country or number to which
 * the account may not send is none of these: anybody can type such a number.
 */
const ACCOUNT_CODES = [20005, 30002, 63038]

/** No account has this SID. */
const UNKNOWN_ACCOUNT = 20404

const accepted = z.object({ sid: z.string() })
const refused = z.object({ code: z.number() })

/**
 * SMS through Twilio's REST API (2010-04-01). It has no idempotency key: after a lost answer an SMS
 * may arrive twice.
 */
export const twilio: Provider = { name: 'twilio', channel: 'sms', send, probe }

async function send({ to, text }: Rendered, { expiresAt, signal }: SendOptions): Promise<Outcome> {
  const { TWILIO_FROM = '', TWILIO_MESSAGING_SERVICE_SID } = env()
  const sender = TWILIO_MESSAGING_SERVICE_SID
    ? { MessagingServiceSid: TWILIO_MESSAGING_SERVICE_SID }
    : { From: TWILIO_FROM }
  const form = {
    To: to.value,
    Body: text,
    ValidityPeriod: `${secondsLeft(expiresAt, VALIDITY_SECONDS)}`,
    ...sender,
  }
  return judge(await postMessage(form, signal))
}

/** Posts a message of any channel, whose reports go to our webhook. */
export function postMessage(form: Record<string, string>, signal: AbortSignal): Promise<Answer> {
  return postForm(accountUrl('/Messages.json').href, {
    form: {
      ...form,
      ...(isReachable(statusCallback()) && { StatusCallback: statusCallback() }),
    },
    headers: { authorization: authorisation() },
    signal,
  })
}

/** Checks the key of our account. */
export async function probe(signal: AbortSignal): Promise<CredentialCheck> {
  return welcomeBy(await askWithKey(accountUrl('.json'), authorisation(), signal))
}

function accountUrl(rest: string) {
  const { TWILIO_BASE_URL, TWILIO_ACCOUNT_SID = '' } = env()
  return new URL(
    `/2010-04-01/Accounts/${encodeURIComponent(TWILIO_ACCOUNT_SID)}${rest}`,
    TWILIO_BASE_URL,
  )
}

function authorisation() {
  const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN } = env()
  return basicAuthorisation(TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN)
}

/** The URL of Twilio's delivery reports. Twilio signs exactly this text. */
export function statusCallback(): string {
  return new URL('/webhooks/twilio', env().APP_ORIGIN).href
}

/** Twilio refuses an SMS whose callback URL is local (21609). */
function isReachable(url: string) {
  return !LOOPBACK.includes(new URL(url).hostname)
}

/** The codes of a channel for a wrong recipient, our sender, and our templates. */
export type ChannelCodes = Record<'recipient' | 'sender' | 'template', readonly number[]>

/** The outcome of a message by its answer. */
export function judge(
  { status, isOk, body, afterSeconds }: Answer,
  codes: ChannelCodes = SMS_CODES,
): Outcome {
  const { data: taken } = accepted.safeParse(body)
  if (isOk && taken) return { kind: 'accepted', providerId: taken.sid }
  const code = refused.safeParse(body).data?.code
  if (code && codes.recipient.includes(code)) return { kind: 'rejected', reason: `twilio ${code}` }
  const reason = `twilio ${status}${code ? ` ${code}` : ''}`
  if (code && codes.sender.includes(code)) return misconfigured('sender', reason)
  if (code && codes.template.includes(code)) return misconfigured('template', reason)
  if (code && ACCOUNT_CODES.includes(code)) return misconfigured('account', reason)
  if (isUnauthorised(status) || code === UNKNOWN_ACCOUNT) return misconfigured('key', reason)
  return retry(reason, {
    afterSeconds,
    isOutage: isOutage(status),
    isThrottled: isThrottled(status),
  })
}
