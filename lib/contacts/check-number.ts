import { deleteLinksTo, recordEvent } from '@/lib/activity'
import { blindIndexesOf, listAddresses, markRecycled, type Phone } from '@/lib/addresses'
import { noteSimSwap } from '@/lib/challenges'
import { lockUser, transaction } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { onPool } from '@/lib/platform/sql'
import { statement } from '@/lib/platform/statement'
import { askOperator, asksOperators } from '@/lib/signals'
import type { Purpose } from '@/prisma/client/enums'
import { decideOn, type NumberUse } from './number-decision'

const OPERATOR: Origin = { ip: 'mobile-operator', userAgent: '' }

/**
 * Asks the operator about the number of a message with a code or a word, if it is a verified number of
 * the message's account, and does what `decideOn` says: records that it is recycled, or that its SIM was
 * swapped, before the message is sent. Returns whether it may be sent. Takes at most 1.5 seconds more
 * than its statements. Without an operator that is asked, it reads nothing.
 */
export async function checkNumber(
  message: { id: string; kind: string },
  phone: Phone,
  now: Date,
): Promise<boolean> {
  if (!asksOperators()) return true
  const [asked] = await onPool.run(FIND_ASKED, [message.id, blindIndexesOf(phone)])
  if (!asked) return true
  const use = numberUseOf(message.kind, asked.purpose)
  if (use === 'reclaim') return true
  if (asked.recycledAt) return false
  const { addressId: id, userId, verifiedAt, challengeId } = asked
  const decision = decideOn(use, await askOperator(phone, { verifiedAt, now }))
  if (decision.isMarked) await recordRecycled({ id, userId, verifiedAt }, now)
  if (decision.isHeld && challengeId) await noteSimSwap(challengeId, now)
  return decision.isSent
}

type Asked = {
  addressId: string
  userId: string
  verifiedAt: Date
  recycledAt: Date | null
  challengeId: string | null
  purpose: Purpose | null
}

const FIND_ASKED = statement<Asked>(
  'find_asked_number',
  `select address.id as "addressId", address."userId", address."lastVerifiedAt" as "verifiedAt", address."recycledAt",
    challenge.id as "challengeId", challenge.purpose
  from "Message" message left join "Challenge" challenge on challenge.id = message."challengeId"
  join "Address" address on address."userId" = coalesce(challenge."userId", message."userId")
  where message.id = $1::uuid and address.kind = 'phone' and address."blindIndex" = any($2::text[])
    and address."removedAt" is null and address."lastVerifiedAt" is not null`,
)

function numberUseOf(kind: string, purpose: Purpose | null): NumberUse {
  if (kind === 'caller_word' || purpose === 'release_password') return 'second_proof'
  if (purpose === 'reverify_recovery') return 'reclaim'
  return purpose === 'reset_password' ? 'reset' : 'other'
}

type Verified = { id: string; userId: string; verifiedAt: Date }

/**
 * Records that somebody else has a number since it was verified. The links that were sent there end;
 * the event, and a notification to every other address of its account, commit with it. Nothing happens
 * when it was recorded before, or the number was verified again or removed meanwhile.
 */
export async function recordRecycled(
  { id, userId, verifiedAt }: Verified,
  now: Date,
): Promise<boolean> {
  return transaction(async (tx) => {
    await lockUser(tx, userId)
    if (!(await markRecycled(tx, { id, verifiedAt, now }))) return false
    await deleteLinksTo(tx, id)
    await tx.resetLink.deleteMany({ where: { addressId: id } })
    const notify = await listAddresses(tx, userId)
    const about = notify.find((one) => one.id === id)?.address
    const event = { userId, type: 'number_recycled', origin: OPERATOR, about } as const
    await recordEvent(tx, { ...event, now, notify })
    return true
  })
}
