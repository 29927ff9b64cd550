import { randomInt, randomUUID } from 'node:crypto'
import { type AnyAddress, type HeldAddress, maskAddress } from '@/lib/addresses'
import { hashingKeyId } from '@/lib/platform/crypto'
import type { Origin } from '@/lib/platform/origin'
import type { SecurityEvent } from '@/prisma/client/client'
import type { EventType } from '@/prisma/client/enums'
import { type ChainEnd, hashRow } from './chain'
import type { Detail, UsedUp } from './detail'
import { makeDigests } from './digests'

/**
 * References are read out on the telephone: no 0/O, no 1/I/L, and no vowels, which could form
 * words.
 */
const REFERENCE_ALPHABET = '23456789BCDFGHJKMNPQRSTVWXZ'
const REFERENCE_LENGTH = 8

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
    reference: newReference(),
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

function newReference() {
  return Array.from(
    { length: REFERENCE_LENGTH },
    () => REFERENCE_ALPHABET[randomInt(REFERENCE_ALPHABET.length)],
  ).join('')
}
