import { type AnyAddress, fromStored, markReachable, markUnreachable } from '@/lib/address'
import { open } from '@/lib/crypto'
import { type Tx, transaction } from '@/lib/db'
import { log } from '@/lib/log'
import type { Message } from '@/prisma/client/client'
import { SEALED_TO } from './content'

/**
 * What a provider reports of a message that it took. `undeliverable`: its address cannot be reached; `failed`: it did not
 * arrive, for another reason. A reason is a word or a number, never a text of the provider's.
 */
export type Receipt = {
  provider: string
  providerId: string
  state: 'delivered' | 'undeliverable' | 'failed'
  reason?: string
  now: Date
}

/**
 * Moves a sent message on, in one transaction with what that says of its address: sent, failed, delivered, never back, in
 * whatever order and however often receipts come. The first failure marks the address as unreachable wherever it is held, if it
 * is to blame; a delivery clears that. A receipt for a message that we do not know changes nothing.
 */
export async function recordReceipt(receipt: Receipt): Promise<void> {
  await transaction((tx) => (receipt.state === 'delivered' ? recordDelivery(tx, receipt) : recordFailure(tx, receipt)))
}

async function recordDelivery(tx: Tx, { provider, providerId, now }: Receipt) {
  const moved = await tx.message.updateManyAndReturn({
    where: { provider, providerId, sentAt: { not: null }, deliveredAt: null },
    data: { deliveredAt: now, failedAt: null, lastError: null },
  })
  for (const address of moved.flatMap(addressOf)) await markReachable(tx, address)
}

async function recordFailure(tx: Tx, { provider, providerId, state, reason = state, now }: Receipt) {
  const moved = await tx.message.updateManyAndReturn({
    where: { provider, providerId, sentAt: { not: null }, deliveredAt: null, failedAt: null },
    data: { failedAt: now, lastError: reason },
  })
  for (const { id, kind } of moved) log.warn({ event: 'message_undelivered', message: id, kind, reason })
  if (state === 'failed') return
  for (const address of moved.flatMap(addressOf)) await markUnreachable(tx, address, now)
}

/** None when the key of its seal is gone: the message is moved on all the same. */
function addressOf({ channel, sealedTo }: Message): AnyAddress[] {
  try {
    return [fromStored(channel === 'email' ? 'email' : 'phone', open(sealedTo ?? '', SEALED_TO))]
  } catch {
    return []
  }
}
