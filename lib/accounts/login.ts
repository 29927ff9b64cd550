import { recordEvent } from '@/lib/activity'
import {
  type AnyAddress,
  blindIndexOf,
  findPrimary,
  listAddresses,
  parseIdentifier,
} from '@/lib/addresses'
import { keyedHash } from '@/lib/platform/crypto'
import { db, lockUser, NIL_UUID, type Tx, transaction } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { consumeLoginLimit } from '@/lib/platform/rate-limits'
import { done, type Result, refuse } from '@/lib/platform/result'
import type { User } from '@/prisma/client/client'
import { verifyPassword } from './password'
import { type OpenedSession, openSession } from './sessions'

/** A browser without the device cookie is new each time. */
const NO_DEVICE = ''

/**
 * The result of a right password: a session, or the user of a frozen account, which can only be
 * unfrozen.
 */
export type LoginOutcome = { session: OpenedSession } | { frozenUserId: string }

export type Login = { identifier: string; password: string; origin: Origin; now: Date }

/**
 * Opens a session for an identifier, in any notation, and a password. Every address is notified of
 * a browser that is not a known device. A frozen account opens no session. Refused: `login_wrong`,
 * also for an unknown identifier, with the same statements and an equal hash (ASVS 6.3.8);
 * `login_throttled` with seconds.
 */
export async function logIn({
  identifier,
  password,
  origin,
  now,
}: Login): Promise<Result<LoginOutcome, 'login_wrong' | 'login_throttled'>> {
  const parsed = parseIdentifier(identifier)
  const address = parsed.ok ? parsed.value : undefined
  const throttled = await consumeLoginLimit(
    address ? blindIndexOf(address) : keyedHash(identifier, 'login.malformed'),
    origin.ip,
  )
  if (throttled) return throttled
  const user = await findOwner(address)
  if (!(await verifyPassword(user?.passwordHash, password)) || !user) return refuse('login_wrong')
  return done(await transaction((tx) => enter(tx, user, origin, now)))
}

async function enter(
  tx: Tx,
  { id: userId, passwordVersion }: User,
  origin: Origin,
  now: Date,
): Promise<LoginOutcome> {
  if ((await lockUser(tx, userId)).isFrozen) return { frozenUserId: userId }
  if (await isNewDevice(tx, userId, origin)) {
    await recordEvent(tx, {
      userId,
      type: 'new_device',
      origin,
      now,
      notify: await listAddresses(tx, userId),
    })
  }
  return { session: await openSession(tx, userId, passwordVersion, origin, now) }
}

/**
 * Whether the account never had a session in this browser. The first session of an account does not
 * count as new.
 */
async function isNewDevice(tx: Tx, userId: string, { device }: Origin) {
  const [sessions, sameDevice] = [
    await tx.session.count({ where: { userId } }),
    await tx.session.count({ where: { userId, device: device ?? NO_DEVICE } }),
  ]
  return sessions > 0 && sameDevice === 0
}

async function findOwner(address: AnyAddress | undefined) {
  const held = address && (await findPrimary(db(), address))
  return db().user.findUnique({ where: { id: held?.userId ?? NIL_UUID } })
}
