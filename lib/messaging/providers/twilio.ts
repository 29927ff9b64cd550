import { z } from 'zod'
import { env } from '@/lib/env'
import { type Answer, isOutage, LOOPBACK, postForm, retry, secondsLeft } from './http'
import type { Delivery, Outcome, Provider, Rendered } from './provider'

/** What Twilio takes as ValidityPeriod: it drops the SMS when it could not be handed over for so long. */
const VALIDITY_SECONDS = { least: 1, most: 14_400 } as const

/** Not a number, not a mobile one, unreachable, or its holder has answered STOP. Any other fault may be ours or theirs. */
const REJECTED_CODES = [21211, 21214, 21217, 21610, 21614]

const accepted = z.object({ sid: z.string() })
const refused = z.object({ code: z.number() })

/** SMS through Twilio's REST API (2010-04-01). It knows no idempotency key: after a lost answer an SMS may arrive twice. */
export const twilio: Provider = { name: 'twilio', channel: 'sms', send }

async function send({ to, text }: Rendered, { expiresAt, signal }: Delivery): Promise<Outcome> {
  const { TWILIO_BASE_URL, TWILIO_ACCOUNT_SID = '', TWILIO_AUTH_TOKEN, TWILIO_FROM = '', TWILIO_MESSAGING_SERVICE_SID } = env()
  const sender = TWILIO_MESSAGING_SERVICE_SID ? { MessagingServiceSid: TWILIO_MESSAGING_SERVICE_SID } : { From: TWILIO_FROM }
  const credentials = Buffer.from(`${TWILIO_ACCOUNT_SID}:${TWILIO_AUTH_TOKEN}`).toString('base64')
  const url = new URL(`/2010-04-01/Accounts/${encodeURIComponent(TWILIO_ACCOUNT_SID)}/Messages.json`, TWILIO_BASE_URL)
  const answer = await postForm(url.href, {
    form: {
      To: to.value,
      Body: text,
      ValidityPeriod: `${secondsLeft(expiresAt, VALIDITY_SECONDS)}`,
      ...sender,
      ...(isReachable(statusCallback()) && { StatusCallback: statusCallback() }),
    },
    headers: { authorization: `Basic ${credentials}` },
    signal,
  })
  return judge(answer)
}

/** Where Twilio reports what became of an SMS. Its signatures are over this very text. */
export function statusCallback(): string {
  return new URL('/webhooks/twilio', env().APP_ORIGIN).href
}

/** Twilio refuses an SMS whose callback it could never reach (21609). */
function isReachable(url: string) {
  return !LOOPBACK.includes(new URL(url).hostname)
}

function judge({ status, isOk, body, afterSeconds }: Answer): Outcome {
  const { data: taken } = accepted.safeParse(body)
  if (isOk && taken) return { kind: 'accepted', providerId: taken.sid }
  const code = refused.safeParse(body).data?.code
  if (code && REJECTED_CODES.includes(code)) return { kind: 'rejected', reason: `twilio ${code}` }
  return retry(`twilio ${status}${code ? ` ${code}` : ''}`, { afterSeconds, isOutage: isOutage(status) })
}
