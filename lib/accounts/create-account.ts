import { randomUUID } from 'node:crypto'
import { recordEvent } from '@/lib/activity'
import { addAddress, addWaitingEmail, type Email, listAddresses, type Phone } from '@/lib/addresses'
import type { Tx } from '@/lib/platform/db'
import type { Locale } from '@/lib/platform/locale'
import type { Origin } from '@/lib/platform/origin'
import { done, type Result, refuse } from '@/lib/platform/result'
import type { Channel } from '@/prisma/client/enums'

/** A new account: the number is confirmed by its code, the e-mail address reserves nothing yet. */
export type NewAccount = {
  name: string
  email: Email
  phone: Phone
  passwordHash: string
  locale: Locale
  /** How messages go to the number; by SMS unless it is said. */
  phoneChannel?: Channel | null
}

/**
 * Writes a user with a confirmed number and an unconfirmed e-mail, and records the event. Refused:
 * `phone_taken` when another account has the number; the caller must then roll back.
 */
export async function createAccount(
  tx: Tx,
  account: NewAccount,
  origin: Origin,
  now: Date,
): Promise<Result<{ userId: string; passwordVersion: number }, 'phone_taken'>> {
  const { email, phone, ...user } = account
  const userId = randomUUID()
  const { passwordVersion } = await tx.user.create({
    data: { id: userId, createdAt: now, ...user },
  })
  const proven = { address: phone, confirmedAt: now, origin, now }
  const phoneAdded = await addAddress(tx, { userId, role: 'primary', ...proven })
  if (!phoneAdded.ok) return refuse('phone_taken')
  await addWaitingEmail(tx, { userId, address: email, origin, now })
  await recordEvent(tx, {
    userId,
    type: 'registered',
    origin,
    now,
    notify: await listAddresses(tx, userId),
  })
  return done({ userId, passwordVersion })
}
