import * as z from 'zod'
import { env } from '@/lib/platform/env'
import { readBody } from './body'
import { type Receipt, recordReceipt } from './receipts'
import { providerId, refuseForged, STATUS, type Status } from './status'

const FORGED = 'WebhookVerificationError'

const event = z.object({ type: z.string(), data: z.unknown() })
const email = z.object({ email_id: providerId, bounce: z.object({ type: z.string() }).optional() })

/**
 * Handles an event of Resend, signed by the Standard Webhooks scheme (Svix), with a timestamp at
 * most five minutes off.
 */
export async function receiveResend(request: Request, now: Date): Promise<Status> {
  const { EMAIL_PROVIDERS, RESEND_API_KEY, RESEND_WEBHOOK_SECRET } = env()
  if (!EMAIL_PROVIDERS?.includes('resend') || !RESEND_WEBHOOK_SECRET) return STATUS.unconfigured
  const payload = await readBody(request)
  if (payload === undefined) return STATUS.oversized
  const { Resend } = await import('resend')
  try {
    const headers = readHeaders(request)
    const { webhooks } = new Resend(RESEND_API_KEY)
    return await take(
      webhooks.verify({ payload, headers, webhookSecret: RESEND_WEBHOOK_SECRET }),
      now,
    )
  } catch (error) {
    if (error instanceof SyntaxError) return STATUS.malformed
    if (error instanceof Error && error.name === FORGED) return refuseForged('resend')
    throw error
  }
}

function readHeaders({ headers }: Request) {
  const read = (name: string) => headers.get(`svix-${name}`) ?? ''
  return { id: read('id'), timestamp: read('timestamp'), signature: read('signature') }
}

async function take(verified: unknown, now: Date): Promise<Status> {
  const { data: told } = event.safeParse(verified)
  if (!told) return STATUS.malformed
  const { data: about } = email.safeParse(told.data)
  const state = readState(told.type, about?.bounce?.type)
  if (!state) return STATUS.done
  if (!about) return STATUS.malformed
  await recordReceipt({
    provider: 'resend',
    providerId: about.email_id,
    state,
    reason: told.type.replace('email.', 'resend '),
    now,
  })
  return STATUS.done
}

/**
 * Undefined for events that are not about delivery. A transient bounce is a full mailbox or an
 * unreachable server.
 */
function readState(type: string, bounce: string | undefined): Receipt['state'] | undefined {
  switch (type) {
    case 'email.delivered':
      return 'delivered'
    case 'email.bounced':
      return bounce === 'Transient' ? 'failed' : 'undeliverable'
    case 'email.complained':
    case 'email.suppressed':
      return 'undeliverable'
    case 'email.failed':
      return 'failed'
    default:
      return undefined
  }
}
