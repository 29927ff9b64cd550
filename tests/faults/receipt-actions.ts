import type { AnyAddress } from '@/lib/addresses'
import { sendMessages } from '@/lib/messaging'
import { type Receipt, recordReceipt } from '@/lib/messaging/webhooks/receipts'
import { db, transaction } from '@/lib/platform/db'
import { added, newPhone, newUser, parse } from '../support/address-actions'
import { email, minutesLater, NOW, notice, read, sms, written } from '../support/messaging-actions'

export const LATER = minutesLater(1)
export const LATEST = minutesLater(2)

/** An accepted message to the recovery address of a user. */
export async function sent({ text = newPhone(), providerId = 'SM1' } = {}) {
  const held = await added({ userId: await newUser(), role: 'recovery', text })
  return { ...held, text, messageId: await sentTo(parse(text), providerId) }
}

export async function sentTo(to: AnyAddress, providerId = 'SM1') {
  const [row] = await written({ ...(to.kind === 'email' ? email(notice) : sms(notice)), to })
  const provider = to.kind === 'email' ? 'resend' : 'twilio'
  const { id } = await db().message.update({
    where: { id: row?.id ?? '' },
    data: { sentAt: NOW, sealedBody: null, provider, providerId },
  })
  return id
}

/** One more message to the same phone, later. */
export async function sentAgain(text: string, given: { providerId: string; sentAt: Date }) {
  await transaction((tx) => sendMessages(tx, [{ ...sms(notice), to: parse(text) }], given.sentAt))
  await db().message.updateMany({
    where: { createdAt: given.sentAt },
    data: { ...given, sealedBody: null, provider: 'twilio' },
  })
}

export const receipt = (state: Receipt['state'], more: Partial<Receipt> = {}) =>
  recordReceipt({
    provider: 'twilio',
    providerId: 'SM1',
    state,
    reason: 'twilio 30003',
    now: LATER,
    ...more,
  })

export const stateOf = async (id: string) => {
  const { sentAt, deliveredAt, failedAt, lastError } = await read(id)
  return { sentAt, deliveredAt, failedAt, lastError }
}

export const DELIVERED = { sentAt: NOW, deliveredAt: LATER, failedAt: null, lastError: null }
export const FAILED = { sentAt: NOW, deliveredAt: null, failedAt: LATER, lastError: 'twilio 30003' }

export const unreachableSince = async (id: string) =>
  (await db().address.findUniqueOrThrow({ where: { id } })).unreachableAt
