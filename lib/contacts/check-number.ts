import { deleteLinksTo, recordEvent } from '@/lib/activity'
import { blindIndexesOf, listAddresses, markRecycled, type Phone } from '@/lib/addresses'
import { closePassedResets, noteSimSwap } from '@/lib/challenges'
import { lockUser, type Tx, transaction } from '@/lib/platform/db'
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
  if (kind === 'caller_word' || SECOND_PROOFS.some((one) => one === purpose)) return 'second_proof'
  if (purpose === 'reverify_recovery') return 'reclaim'
  return purpose === 'reset_password' ? 'reset' : 'other'
}

/** They set a password at once, or lift what protects the account, together with another proof. */
const SECOND_PROOFS = [
  'release_password',
  'unfreeze_first',
  'unfreeze_second',
  'lift_restriction',
] as const

type Verified = { id: string; userId: string; verifiedAt: Date }

/**
 * Records that somebody else has a number since it was verified. The links and words that were sent
 * there end, and so do resets that have passed. The event, and a notification to every other address of
 * its account, commit with it. Returns false, and does nothing, when it was recorded before, or the
 * number was verified again or removed meanwhile.
 */
export async function recordRecycled(
  { id, userId, verifiedAt }: Verified,
  now: Date,
): Promise<boolean> {
  return transaction(async (tx) => {
    await lockUser(tx, userId)
    if (!(await markRecycled(tx, { id, verifiedAt, now }))) return false
    await endUses(tx, id, now)
    const notify = await listAddresses(tx, userId)
    const recycled = notify.find((one) => one.id === id)
    const path = recycled?.role === 'recovery' ? 'recovery' : 'primary_phone'
    await closePassedResets(tx, { userId, path }, now)
    const about = recycled?.address
    const event = { userId, type: 'number_recycled', origin: OPERATOR, about } as const
    await recordEvent(tx, { ...event, now, notify })
    return true
  })
}

/** Ends every link and word that was sent to a number: its reader is a stranger now. */
async function endUses(tx: Tx, addressId: string, now: Date) {
  await deleteLinksTo(tx, addressId)
  await tx.resetLink.deleteMany({ where: { addressId } })
  await tx.holdLink.deleteMany({ where: { addressId } })
  await tx.vetoLink.deleteMany({ where: { addressId } })
  await tx.callerWord.updateMany({
    where: { addressId, passedAt: null, expiresAt: { gt: now } },
    data: { expiresAt: now },
  })
}
