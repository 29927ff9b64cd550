import {
  type HeldAddress,
  isProof,
  isSameMailbox,
  listAddressHistory,
  maskAddress,
  type PastAddress,
} from '@/lib/addresses'
import type { Tx } from '@/lib/platform/db'

/** As long as a secure link is valid. */
const REVIEWED_MS = 7 * 24 * 60 * 60 * 1_000

/** The four slots of an account. */
export const SLOTS = ['primary_phone', 'primary_email', 'recovery_phone', 'recovery_email'] as const

export type SlotName = (typeof SLOTS)[number]

/**
 * One slot before the reviewed changes and now. Disputed: it reaches another mailbox or number now.
 */
export type SlotReview = {
  slot: SlotName
  earlier: PastAddress | undefined
  present: PastAddress | undefined
  isDisputed: boolean
}

/**
 * What changed in an account within the seven days before `until`, slot by slot, and its undisputed
 * addresses: confirmed, held all the time, and not recycled. Changes before the last unfreeze were
 * reviewed then: `since` is when the reviewed time began.
 */
export type Review = { since: Date; slots: SlotReview[]; undisputed: HeldAddress[] }

export async function reviewSlots(tx: Tx, userId: string, until: Date): Promise<Review> {
  const since = await reviewedSince(tx, userId, until)
  const history = await listAddressHistory(tx, userId)
  const slots = SLOTS.map((slot) => reviewSlot(slot, history, since))
  const held = slots.flatMap(({ earlier }) => earlier ?? [])
  const undisputed = slots
    .flatMap(({ present }) => present ?? [])
    .filter((present) => isProof(present) && isAmong(held, present.address))
  return { since, slots, undisputed }
}

/**
 * The time since which changes of an account are reviewed: seven days before `until`, but not
 * before the last unfreeze.
 */
export async function reviewedSince(tx: Tx, userId: string, until: Date): Promise<Date> {
  const { createdAt } = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { createdAt: true },
  })
  const opened = await tx.securityEvent.findFirst({
    where: { userId, type: { in: ['unfrozen', 'unfrozen_by_care'] } },
    orderBy: { position: 'desc' },
    select: { at: true },
  })
  const moments = [until.getTime() - REVIEWED_MS, createdAt.getTime(), opened?.at.getTime() ?? 0]
  return new Date(Math.max(...moments))
}

/** The slot of an address. */
export const slotOf = ({ role, address }: HeldAddress): SlotName => `${role}_${address.kind}`

/** Whether one of these reaches the same mailbox or number. */
export const isAmong = (held: readonly HeldAddress[], address: HeldAddress['address']) =>
  held.some((other) => isSameMailbox(other.address, address))

function reviewSlot(slot: SlotName, history: readonly PastAddress[], since: Date): SlotReview {
  const rows = history.filter((row) => slotOf(row) === slot)
  const held = rows.find((row) => wasHeld(row, since))
  const present = rows.find(({ removedAt }) => removedAt === null)
  const isSame = held && present ? isSameMailbox(held.address, present.address) : held === present
  // An e-mail that did not work is nothing to go back to: somebody else may have confirmed it.
  const earlier = isSame || held?.isUsable ? held : undefined
  return { slot, earlier, present, isDisputed: !isSame && earlier !== present }
}

/** A recovery address counts from its confirmation on. */
function wasHeld({ role, addedAt, confirmedAt, removedAt }: PastAddress, at: Date) {
  const from = role === 'primary' ? addedAt : confirmedAt
  return from !== null && from <= at && (removedAt === null || removedAt > at)
}

/** A disputed slot for its owner, masked; null where it was or is empty. */
export type DisputedSlot = { slot: SlotName; earlier: string | null; present: string | null }

/** The disputed slots of a review, masked. */
export function listDisputed({ slots }: Review): DisputedSlot[] {
  const maskOf = (held: PastAddress | undefined) => (held ? maskAddress(held.address) : null)
  return slots.flatMap(({ slot, earlier, present, isDisputed }) =>
    isDisputed ? [{ slot, earlier: maskOf(earlier), present: maskOf(present) }] : [],
  )
}
