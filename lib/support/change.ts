import {
  type HeldAddress,
  isProof,
  listAddresses,
  listAddressHistory,
  maskAddress,
} from '@/lib/addresses'
import { hashSecret } from '@/lib/platform/crypto'
import type { Tx } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { done, type Result, refuse } from '@/lib/platform/result'
import { reviewSlots, type SlotName } from '@/lib/recovery'
import type { SecurityEvent } from '@/prisma/client/client'
import type { CaseActionType, EventType } from '@/prisma/client/enums'
import { type ActionRow, readActionDetail } from './action-row'
import { findResendable } from './resendable'

/** What an action will change, for the one who approves it: masks, times and words. */
export type Change = {
  type: CaseActionType
  /** Of an unfreeze: every slot before and after it, as masks. */
  slots: { slot: SlotName; before: string | null; after: string | null }[]
  /** Of `restore_attempts`: the wrong answers that are forgotten. */
  attempts: { path: string; used: number }[]
  /** Of `release_address`: the mask of the address. */
  address: string | null
  /** Of `trust_number`: the mask of the number. */
  number: string | null
  /** Of `resend_notice`: the event, and the masks of who is sent it. */
  notice: { reference: string; event: EventType; at: Date; to: string[] } | null
  /** Of an unfreeze: the mask of the proven address, and how long it waits without one. */
  provenBy: string | null
  waitHours: number | null
  /** Names exactly this change. `approveAction` refuses another one. */
  changeHash: string
}

/** What carries an action out needs, beside what is shown of it. */
export type Effect = {
  address?: HeldAddress
  number?: HeldAddress
  event?: SecurityEvent
  to?: HeldAddress[]
}

type Read = { change: Partial<Change>; facts: unknown[]; effect?: Effect }

/** The part of an action that its change depends on; it need not be stored yet. */
export type Asked = Pick<ActionRow, 'id' | 'type' | 'detail' | 'provenById' | 'approvals'> & {
  userId: string
}

/**
 * Reads what an action would change now. Refused: `not_possible` when there is nothing to change, such
 * as for an unfreeze of an account that is open.
 */
export async function readChange(
  tx: Tx,
  asked: Asked,
  now: Date,
): Promise<Result<{ change: Change; effect: Effect }, 'not_possible'>> {
  const read = await READERS[asked.type](tx, asked, now)
  if (!read) return refuse('not_possible')
  const { id, type, detail, approvals, provenById } = asked
  const named = [id, type, readActionDetail(detail), approvals, provenById, read.facts]
  const changeHash = hashSecret(JSON.stringify(named))
  return done({
    change: { ...NOTHING, type, ...read.change, changeHash },
    effect: read.effect ?? {},
  })
}

const NOTHING = {
  slots: [],
  attempts: [],
  address: null,
  number: null,
  notice: null,
  provenBy: null,
  waitHours: null,
}

const READERS: Record<
  CaseActionType,
  (tx: Tx, asked: Asked, now: Date) => Promise<Read | undefined>
> = {
  freeze: readFreeze,
  unfreeze: readUnfreeze,
  restore_attempts: readAttempts,
  release_address: readRelease,
  resend_notice: readNotice,
  trust_number: readTrust,
}

async function readFreeze(tx: Tx, { userId }: Asked): Promise<Read | undefined> {
  const frozenAt = await readFrozenAt(tx, userId)
  return frozenAt ? undefined : { change: {}, facts: [] }
}

async function readUnfreeze(tx: Tx, asked: Asked): Promise<Read | undefined> {
  const { userId, detail, provenById } = asked
  const frozenAt = await readFrozenAt(tx, userId)
  if (!frozenAt) return undefined
  const { undo = [] } = readActionDetail(detail)
  const review = await reviewSlots(tx, userId, frozenAt)
  const disputed = review.slots.filter(({ isDisputed }) => isDisputed).map(({ slot }) => slot)
  if (!undo.every((slot) => disputed.includes(slot))) return undefined
  const facts = review.slots.map(({ slot, earlier, present }) => [slot, earlier?.id, present?.id])
  const slots = review.slots.map(({ slot, earlier, present }) => ({
    slot,
    before: maskOf(present),
    after: maskOf(undo.includes(slot) ? earlier : present),
  }))
  const waitHours = provenById === null ? env().CARE_UNFREEZE_HOURS : null
  const provenBy = provenById && (await maskOfId(tx, userId, provenById))
  return { change: { slots, provenBy, waitHours }, facts: [frozenAt, facts] }
}

/** Strangers go on guessing while somebody approves: the counts are shown, and do not name the change. */
async function readAttempts(tx: Tx, { userId }: Asked): Promise<Read | undefined> {
  const counted = await tx.failureCount.groupBy({
    by: ['path'],
    where: { account: userId, failures: { gt: 0 } },
    _sum: { failures: true },
    orderBy: { path: 'asc' },
  })
  if (counted.length === 0) return undefined
  const attempts = counted.map(({ path, _sum: sum }) => ({ path, used: sum.failures ?? 0 }))
  return { change: { attempts }, facts: [] }
}

/** The number is the way back in, and nothing changes a frozen account. */
async function readRelease(tx: Tx, { userId, detail }: Asked): Promise<Read | undefined> {
  const { addressId } = readActionDetail(detail)
  const address = (await listAddresses(tx, userId)).find(({ id }) => id === addressId)
  const isNumber = address?.role === 'primary' && address.address.kind === 'phone'
  if (!address || address.confirmedAt || isNumber) return undefined
  if (await readFrozenAt(tx, userId)) return undefined
  return { change: { address: maskOf(address) }, facts: [], effect: { address } }
}

/** A number that the operator says is somebody else's. Nothing changes a frozen account. */
async function readTrust(tx: Tx, { userId, detail }: Asked): Promise<Read | undefined> {
  const { addressId } = readActionDetail(detail)
  const number = (await listAddresses(tx, userId)).find(({ id }) => id === addressId)
  if (!number?.isRecycled || (await readFrozenAt(tx, userId))) return undefined
  return { change: { number: maskOf(number) }, facts: [], effect: { number } }
}

async function readNotice(tx: Tx, { userId, detail }: Asked, now: Date): Promise<Read | undefined> {
  const { reference = '' } = readActionDetail(detail)
  const event = await findResendable(tx, userId, reference, now)
  const held = await listAddresses(tx, userId)
  const to = held.filter(isProof)
  if (!event || to.length === 0) return undefined
  const masks = to.map(({ address }) => maskAddress(address))
  const notice = { reference, event: event.type, at: event.at, to: masks }
  return { change: { notice }, facts: to.map(({ id }) => id), effect: { event, to } }
}

async function readFrozenAt(tx: Tx, id: string) {
  return (await tx.user.findUniqueOrThrow({ where: { id }, select: { frozenAt: true } })).frozenAt
}

const maskOf = (held: HeldAddress | undefined) => (held ? maskAddress(held.address) : null)

/** The mask of a present or former address of an account; null when its row is gone. */
async function maskOfId(tx: Tx, userId: string, addressId: string): Promise<string | null> {
  return maskOf((await listAddressHistory(tx, userId)).find(({ id }) => id === addressId))
}
