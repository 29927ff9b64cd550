import * as z from 'zod'
import { env } from '@/lib/platform/env'
import {
  type Answer,
  askWithKey,
  basicAuthorisation,
  isOutage,
  isThrottled,
  isUnauthorised,
  postForm,
} from '@/lib/platform/http-client'
import { misconfigured, retry, secondsLeft, welcomeBy } from './outcomes'
import type { CredentialCheck, Outcome, Provider, Rendered, SendOptions } from './provider'

/** The bounds of an SMS's lifetime (`ttl`, in milliseconds). */
const LIFETIME_SECONDS = { least: 20, most: 604_800 } as const

const ACCEPTED = '0'

/** Unroutable, barred and deactivated numbers. */
const REJECTED_STATUSES = ['6', '7', '33']

/** We send too fast. */
const THROTTLED_STATUS = '1'

/** Internal errors of Vonage. */
const OUTAGE_STATUS = '5'

/** Wrong credentials or a wrong signature. */
const KEY_STATUSES = ['4', '14', '32']
/** An account that is barred, has no credit, or may not use HTTP. */
const ACCOUNT_STATUSES = ['8', '9', '11']
const SENDER_STATUS = '15'

const reply = z.object({
  messages: z.array(z.object({ status: z.string(), 'message-id': z.string().optional() })).min(1),
})

/**
 * SMS through Vonage's SMS API. It has no idempotency key: after a lost answer an SMS may arrive
 * twice.
 */
export const vonage: Provider = { name: 'vonage', channel: 'sms', send, probe }

async function send(
  { to, text }: Rendered,
  { idempotencyKey, expiresAt, signal }: SendOptions,
): Promise<Outcome> {
  const { VONAGE_BASE_URL, VONAGE_API_KEY = '', VONAGE_API_SECRET = '', VONAGE_FROM = '' } = env()
  const answer = await postForm(new URL('/sms/json', VONAGE_BASE_URL).href, {
    form: {
      api_key: VONAGE_API_KEY,
      api_secret: VONAGE_API_SECRET,
      from: VONAGE_FROM,
      to: to.value.replace(/^\+/, ''),
      text,
      ttl: `${secondsLeft(expiresAt, LIFETIME_SECONDS) * 1_000}`,
      'client-ref': idempotencyKey,
    },
    signal,
  })
  return judge(answer)
}

async function probe(signal: AbortSignal): Promise<CredentialCheck> {
  const { VONAGE_BASE_URL, VONAGE_API_KEY, VONAGE_API_SECRET } = env()
  const authorisation = basicAuthorisation(VONAGE_API_KEY, VONAGE_API_SECRET)
  return welcomeBy(
    await askWithKey(new URL('/account/get-balance', VONAGE_BASE_URL), authorisation, signal),
  )
}

/** Vonage answers every request with 200 and gives a status for each part of the SMS. */
function judge({ status: http, isOk, body, afterSeconds }: Answer): Outcome {
  const parts = isOk ? (reply.safeParse(body).data?.messages ?? []) : []
  const [first] = parts
  const failed = parts.find(({ status }) => status !== ACCEPTED)
  if (first && !failed) return { kind: 'accepted', providerId: first['message-id'] ?? '' }
  if (failed && REJECTED_STATUSES.includes(failed.status))
    return { kind: 'rejected', reason: `vonage ${failed.status}` }
  const reason = `vonage ${failed ? `status ${failed.status}` : http}`
  if (failed ? KEY_STATUSES.includes(failed.status) : isUnauthorised(http))
    return misconfigured('key', reason)
  if (failed && ACCOUNT_STATUSES.includes(failed.status)) return misconfigured('account', reason)
  if (failed?.status === SENDER_STATUS) return misconfigured('sender', reason)
  return retry(reason, {
    afterSeconds,
    isOutage: failed ? failed.status === OUTAGE_STATUS : isOutage(http),
    isThrottled: failed ? failed.status === THROTTLED_STATUS : isThrottled(http),
  })
}
