import { createHmac, timingSafeEqual } from 'node:crypto'
import * as z from 'zod'
import { env } from '@/lib/platform/env'
import { statusCallback } from '../providers/twilio'
import { TWILIO_WHATSAPP, WHATSAPP_PREFIX } from '../providers/twilio-whatsapp'
import { readBody } from './body'
import { type Receipt, recordReceipt } from './receipts'
import { providerId, refuseForged, STATUS, type Status } from './status'

/**
 * Errors of the number: invalid, not reachable, unsubscribed, unknown, a landline. Other errors are
 * ours or the network's.
 */
const ADDRESS_FAULTS = ['21211', '21214', '21610', '21614', '30003', '30004', '30005', '30006']

/** The same of WhatsApp: not one of its numbers, or it does not deliver to it. */
const WHATSAPP_FAULTS = ['63003', '63024', '63032', '63049']

const report = z.object({
  MessageSid: providerId,
  To: z.string().optional(),
  MessageStatus: z.string(),
  ErrorCode: z
    .string()
    .regex(/^\d{1,6}$/)
    .optional(),
})

/**
 * Handles a status callback of Twilio. It carries no time; an old one is harmless, because a state
 * never moves back.
 */
export async function receiveTwilio(request: Request, now: Date): Promise<Status> {
  const { SMS_PROVIDERS, WHATSAPP_PROVIDERS, TWILIO_AUTH_TOKEN } = env()
  const isUsed = SMS_PROVIDERS?.includes('twilio') || WHATSAPP_PROVIDERS?.includes('twilio')
  if (!isUsed || !TWILIO_AUTH_TOKEN) return STATUS.unconfigured
  const body = await readBody(request)
  if (body === undefined) return STATUS.oversized
  const fields = new URLSearchParams(body)
  if (!isSigned(fields, request.headers.get('x-twilio-signature'), TWILIO_AUTH_TOKEN))
    return refuseForged('twilio')
  const { data } = report.safeParse(Object.fromEntries(fields))
  if (!data) return STATUS.malformed
  const state = readState(data)
  if (state)
    await recordReceipt({
      provider: data.To?.startsWith(WHATSAPP_PREFIX) ? TWILIO_WHATSAPP : 'twilio',
      providerId: data.MessageSid,
      state,
      reason: reasonOf(data),
      now,
    })
  return STATUS.done
}

/** Verifies the HMAC-SHA1 over the callback URL and every parameter, sorted by name. */
function isSigned(fields: URLSearchParams, signature: string | null, token: string) {
  const sorted = [...fields].sort(([one], [other]) => (one < other ? -1 : Number(one > other)))
  const expected = createHmac('sha1', token)
    .update(statusCallback() + sorted.flat().join(''))
    .digest()
  const given = Buffer.from(signature ?? '', 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function readState({
  MessageStatus,
  ErrorCode,
}: z.output<typeof report>): Receipt['state'] | undefined {
  if (MessageStatus === 'delivered' || MessageStatus === 'read') return 'delivered'
  if (MessageStatus !== 'undelivered' && MessageStatus !== 'failed') return undefined
  const isAddressAtFault = ErrorCode
    ? [...ADDRESS_FAULTS, ...WHATSAPP_FAULTS].includes(ErrorCode)
    : MessageStatus === 'undelivered'
  return isAddressAtFault ? 'undeliverable' : 'failed'
}

function reasonOf({ MessageStatus, ErrorCode }: z.output<typeof report>) {
  return `twilio ${ErrorCode ?? MessageStatus}`
}
