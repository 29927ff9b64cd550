import { randomUUID } from 'node:crypto'
import { type AnyAddress, type HeldAddress, maskAddress } from '@/lib/addresses'
import { hashingKeyId } from '@/lib/platform/crypto'
import type { Origin } from '@/lib/platform/origin'
import { newSpoken, SPOKEN_ALPHABET } from '@/lib/platform/spoken'
import type { SecurityEvent } from '@/prisma/client/client'
import type { EventType } from '@/prisma/client/enums'
import { type ChainEnd, hashRow } from './chain'
import type { Detail, UsedUp } from './detail'
import { makeDigests } from './digests'

/** How many characters a reference has. Customers read it out on the telephone. */
export const REFERENCE_LENGTH = 8

/** An event, who is notified of it, and what the notices say. */
export type RecordedEvent = {
  userId: string
  type: EventType
  origin: Origin
  now: Date
  /**
   * Who is notified, read before the change is applied, so that a removed address is notified too.
   */
  notify: readonly HeldAddress[]
  /**
   * Who is notified without a link that freezes the account: addresses that its owner has just
   * removed as a thief's.
   */
  tell?: readonly HeldAddress[]
  /**
   * The address that the event is about, and the one that it replaced; only their masks are stored.
   */
  about?: AnyAddress | undefined
  previous?: AnyAddress | undefined
  /** Why customer care did it. */
  reason?: string | undefined
  /** What strangers used up. Then each confirmed address gets a link that begins a reset. */
  what?: UsedUp | undefined
  /** How many rows of older versions were anchored. */
  rows?: number
  /** The incident that the owner is told about. */
  incident?: string
  /** When what was asked for will be done. The notices say it. */
  due?: Date
  /** The tokens of the links by which the owner of an address stops it, by the ids of the addresses. */
  vetoLinks?: ReadonlyMap<string, string>
}

/** The row of an event that is written. */
export type Written = SecurityEvent & { detail: Detail }

/** Makes the row of an event, chained to the end of the activity. */
export function makeRow(event: RecordedEvent, end: ChainEnd): Written {
  const { userId, type, origin, now } = event
  const row = {
    id: randomUUID(),
    userId,
    position: end.position + 1,
    type,
    at: now,
    ip: origin.ip,
    userAgent: origin.userAgent,
    detail: detailOf(event),
    reference: newSpoken(SPOKEN_ALPHABET, REFERENCE_LENGTH),
    anchor: null,
  }
  const digested = { ...row, ...makeDigests(row) }
  return { ...digested, hash: hashRow(digested, end.hash), keyId: hashingKeyId() }
}

function detailOf({
  about,
  previous,
  reason,
  what,
  rows,
  incident,
}: Pick<RecordedEvent, 'about' | 'previous' | 'reason' | 'what' | 'rows' | 'incident'>): Detail {
  return {
    ...(rows !== undefined && { rows }),
    ...(incident && { incident }),
    ...(what && { what }),
    ...(about && { about: maskAddress(about) }),
    ...(previous && { previous: maskAddress(previous) }),
    ...(reason && { reason }),
  }
}
