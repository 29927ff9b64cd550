import { type AnyAddress, fromStored, markReachable, markUnreachable } from '@/lib/addresses'
import { open } from '@/lib/platform/crypto'
import { db, type Tx, transaction } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { metrics } from '@/lib/platform/metrics'
import { afterCommit } from '@/lib/platform/security-log'
import type { EarlyReceipt, Message } from '@/prisma/client/client'
import type { ReceiptState } from '@/prisma/client/enums'
import { SEALED_TO } from '../content/content'
import { endSilence, fallBack } from '../outbox/fall-back'

/**
 * How long a receipt is kept that arrives before the worker has stored the provider's id of its
 * message.
 */
const KEPT_MS = 60 * 60 * 1_000

/**
 * A provider's report about a message that it accepted. `undeliverable`: the address cannot be
 * reached; `failed`: it was not delivered for another reason. A reason is a word or a number, never
 * a text of the provider.
 */
export type Receipt = {
  provider: string
  providerId: string
  state: ReceiptState
  reason?: string
  now: Date
}

/**
 * Records a receipt and the reachability of the address in one transaction. The state moves from
 * sent to failed to delivered and never back, whatever the order and number of receipts. The first
 * failure marks the address as unreachable in every account that holds it, if the address is the
 * cause and no newer message arrived there. A delivery clears the mark. A failure of a WhatsApp
 * message says nothing about the number: an SMS replaces it. A receipt for an unknown
 * message is kept for an hour, because Twilio sends each receipt only once.
 */
export async function recordReceipt(receipt: Receipt): Promise<void> {
  const { provider, providerId } = receipt
  await transaction(async (tx) => {
    const known = await tx.message.count({ where: { provider, providerId, sentAt: { not: null } } })
    await (known > 0 ? record(tx, receipt) : keep(tx, receipt))
  })
}

/**
 * Applies early receipts whose messages are known now, each once, and deletes receipts that are
 * older than an hour.
 */
export async function applyEarlyReceipts(now: Date): Promise<void> {
  const due = await db().$queryRaw<EarlyReceipt[]>`
    SELECT early.* FROM "EarlyReceipt" early
    JOIN "Message" message ON message.provider = early.provider AND message."providerId" = early."providerId"
    WHERE message."sentAt" IS NOT NULL ORDER BY early."receivedAt"`
  for (const early of due) await transaction((tx) => applyEarly(tx, early))
  await db().earlyReceipt.deleteMany({
    where: { receivedAt: { lt: new Date(now.getTime() - KEPT_MS) } },
  })
}

async function keep(tx: Tx, { now, ...receipt }: Receipt) {
  await tx.earlyReceipt.createMany({
    data: [{ ...receipt, receivedAt: now }],
    skipDuplicates: true,
  })
}

async function applyEarly(tx: Tx, { reason, receivedAt, ...early }: EarlyReceipt) {
  const { count } = await tx.earlyReceipt.deleteMany({ where: early })
  if (count === 0) return
  await record(tx, {
    ...early,
    now: receivedAt,
    ...(reason && { reason }),
  })
}

function record(tx: Tx, receipt: Receipt) {
  return receipt.state === 'delivered' ? recordDelivery(tx, receipt) : recordFailure(tx, receipt)
}

async function recordDelivery(tx: Tx, { provider, providerId, now }: Receipt) {
  const moved = await tx.message.updateManyAndReturn({
    where: { provider, providerId, sentAt: { not: null }, deliveredAt: null },
    data: { deliveredAt: now, failedAt: null, lastError: null },
  })
  countReceipts(moved.length, { provider, state: 'delivered' })
  const ids = moved.map(({ id }) => id)
  await endSilence(tx, ids)
  for (const { address, sentAt } of moved.filter(tellsReach).flatMap(readSend))
    await markReachable(tx, address, { sentAt })
}

async function recordFailure(
  tx: Tx,
  { provider, providerId, state, reason = state, now }: Receipt,
) {
  const moved = await tx.message.updateManyAndReturn({
    where: { provider, providerId, sentAt: { not: null }, deliveredAt: null, failedAt: null },
    data: { failedAt: now, lastError: reason },
  })
  for (const { id, kind } of moved)
    log.warn({ event: 'message_undelivered', message: id, kind, reason })
  countReceipts(moved.length, { provider, state })
  const ids = moved.map(({ id }) => id)
  await fallBack(tx, ids, { cause: 'receipt', reason, now })
  if (state === 'failed') return
  for (const { address, sentAt } of moved.filter(tellsReach).flatMap(readSend))
    await markUnreachable(tx, address, { sentAt, now })
}

/** The WhatsApp account of a number may be on another telephone than its SIM. */
const tellsReach = ({ channel }: Message) => channel !== 'whatsapp'

function countReceipts(count: number, labels: { provider: string; state: ReceiptState }) {
  if (count > 0) afterCommit(() => metrics.receipts.inc(labels, count))
}

/**
 * The address and the time of a send. Empty when its encryption key is unknown; the state of the
 * message still changes.
 */
function readSend({ channel, sealedTo, sentAt }: Message): { address: AnyAddress; sentAt: Date }[] {
  if (!sentAt) return []
  try {
    return [
      {
        address: fromStored(
          channel === 'email' ? 'email' : 'phone',
          open(sealedTo ?? '', SEALED_TO),
        ),
        sentAt,
      },
    ]
  } catch {
    return []
  }
}
