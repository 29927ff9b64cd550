import * as z from 'zod'
import { findPrimary, maskAddress, parseIdentifier } from '@/lib/addresses'
import { db } from '@/lib/platform/db'
import { reviewSlots, type SlotName } from '@/lib/recovery'

const SHOWN_EVENTS = 10

/** The view of an account for customer care: masks, times and references. */
export type AccountView = {
  frozenAt: Date | null
  restrictedUntil: Date | null
  slots: { slot: SlotName; present: string | null; earlier: string | null; isDisputed: boolean }[]
  events: { type: string; at: Date; reference: string }[]
}

/**
 * Finds a user by the reference of a notification, a primary e-mail address, the primary number or the
 * id that the log has; null when there is none, or it was erased.
 */
export async function findAccount(named: string): Promise<string | null> {
  if (z.uuid().safeParse(named).success) {
    const user = await db().user.findUnique({ where: { id: named, erasedAt: null } })
    return user?.id ?? null
  }
  const event = await db().securityEvent.findUnique({
    where: { reference: named.trim().toUpperCase(), user: { erasedAt: null } },
    select: { userId: true },
  })
  if (event) return event.userId
  const parsed = parseIdentifier(named)
  return parsed.ok ? ((await findPrimary(db(), parsed.value))?.userId ?? null) : null
}

/**
 * Reads an account for customer care. A frozen account is compared with its state seven days before
 * the freeze, any other with a week ago.
 */
export async function showAccount(userId: string, now: Date): Promise<AccountView> {
  const where = { id: userId }
  const { frozenAt, restrictedUntil } = await db().user.findUniqueOrThrow({ where })
  const { slots } = await reviewSlots(db(), userId, frozenAt ?? now)
  const events = await db().securityEvent.findMany({
    where: { userId },
    orderBy: { position: 'desc' },
    take: SHOWN_EVENTS,
    select: { type: true, at: true, reference: true },
  })
  return {
    frozenAt,
    restrictedUntil: restrictedUntil && restrictedUntil > now ? restrictedUntil : null,
    slots: slots.map(({ slot, present, earlier, isDisputed }) => ({
      slot,
      present: present ? maskAddress(present.address) : null,
      earlier: earlier ? maskAddress(earlier.address) : null,
      isDisputed,
    })),
    events,
  }
}
