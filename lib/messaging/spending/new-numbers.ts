import { randomUUID } from 'node:crypto'
import { type AnyAddress, blindIndexOf } from '@/lib/addresses'
import { hashSecret } from '@/lib/platform/crypto'
import { db } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { consumeNewNumberLimit, giveBackNewNumber } from '@/lib/platform/rate-limits'
import { type Refused, refuse } from '@/lib/platform/result'
import { type AnyTx, sendIn, statement } from '@/lib/platform/statement'
import type { Purpose } from '@/prisma/client/enums'
import { type Range, rangeOf, readCeilings, sharedCeilings } from './ceilings'
import { traitsOf } from './classes'
import { hashNetwork } from './network'
import { findWait } from './open-wait'

const MINUTE_MS = 60 * 1_000

/** A slowed prefix gets one code in this time. */
const SLOW_PACE_MS = 5 * MINUTE_MS

/** A right code counts for the codes of this time: a challenge with resends lasts no longer. */
const ENTRY_MS = 60 * MINUTE_MS

/** Who asks: `userId` of a signed-in customer. */
type Asking = { purpose: Purpose; userId: string | null; origin: Origin; now: Date }

/**
 * Whether a code may go to a number that no account has confirmed. E-mail addresses are always
 * admitted. The answer depends on the prefix of the number alone, so it is the same for every number
 * of the prefix, registered or not. Called before the transaction that writes the code.
 *
 * Refused: `send_throttled` with the seconds to wait, when few codes of this prefix come back and
 * another one was sent a moment ago; for a registration, when the part of a ceiling that unconfirmed
 * numbers may use is reached; for a signed-in customer, after ten a day. Admitted codes are recorded.
 */
export async function admitNewNumber(
  address: AnyAddress,
  asking: Asking,
): Promise<Refused<'send_throttled'> | undefined> {
  if (address.kind === 'email') return undefined
  return admit({ ...rangeOf(address), recipient: blindIndexOf(address) }, asking)
}

/**
 * Like `admitNewNumber`, for another code to a number (its blind index) that a code was sent to
 * before: the number of a decoy is not stored.
 */
export async function admitNewNumberAgain(
  recipient: string,
  asking: Asking,
): Promise<Refused<'send_throttled'> | undefined> {
  const earlier = await db().newNumberSend.findFirst({
    where: { recipient },
    orderBy: { sentAt: 'desc' },
    select: { prefix: true, country: true },
  })
  return earlier ? admit({ ...earlier, recipient }, asking) : undefined
}

/** Records that a code to this number (its blind index) came back right. */
export async function markEntered(tx: AnyTx, recipient: string, now: Date): Promise<void> {
  await sendIn(tx, MARK_ENTERED, [recipient, now, new Date(now.getTime() - ENTRY_MS)])
}

const MARK_ENTERED = statement(
  'mark_entered',
  `update "NewNumberSend" set "enteredAt" = $2::timestamptz
  where recipient = $1 and "enteredAt" is null and "sentAt" > $3::timestamptz`,
)

type Send = Range & { recipient: string }

async function admit(send: Send, { purpose, userId, origin, now }: Asking) {
  const throttled = userId === null ? undefined : await consumeNewNumberLimit(userId)
  if (throttled) return throttled
  const { class: smsClass } = traitsOf(`code.${purpose}`)
  const wait =
    (await findWait(sharedCeilings(smsClass, send, readCeilings()), now)) ??
    (await takeTurn(send.prefix, now))
  if (wait !== undefined) {
    if (userId !== null) await giveBackNewNumber(userId)
    return refuse('send_throttled', wait)
  }
  const { prefix, country, recipient } = send
  const [browser] = origin.deviceSecrets ?? []
  const from = {
    network: hashNetwork(origin.ip),
    browser: browser === undefined ? null : hashSecret(browser),
  }
  await db().newNumberSend.create({
    data: { id: randomUUID(), prefix, country, recipient, ...from, sentAt: now },
  })
  return undefined
}

/**
 * Takes the turn of a slowed prefix, or returns the seconds to the next one. Undefined also for
 * every other prefix. Of several calls at once, the conditional update lets one take the turn.
 */
async function takeTurn(prefix: string, now: Date): Promise<number | undefined> {
  const next = new Date(now.getTime() + SLOW_PACE_MS)
  const taken = await db().slowPrefix.updateMany({
    where: { prefix, nextSendAt: { lte: now } },
    data: { nextSendAt: next },
  })
  if (taken.count === 1) return undefined
  const slow = await db().slowPrefix.findUnique({ where: { prefix } })
  return slow
    ? Math.max(1, Math.ceil((slow.nextSendAt.getTime() - now.getTime()) / 1_000))
    : undefined
}
