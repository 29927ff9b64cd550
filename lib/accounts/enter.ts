import { beginEvent, recordEvent } from '@/lib/activity'
import { listAddresses } from '@/lib/addresses'
import { type LockedUser, lockUser } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { logSecurity } from '@/lib/platform/security-log'
import { type Sql, statement } from '@/lib/platform/statement'
import type { User } from '@/prisma/client/client'
import { findDevices, keepDevice } from './devices'
import { type OpenedSession, openSession } from './sessions'

/**
 * The result of a right password: a session and the new content of the device cookie, or the user
 * of a frozen account, which can only be unfrozen.
 */
export type LoginOutcome =
  | { session: OpenedSession; deviceSecrets: string[] }
  | { frozenUserId: string }

/** `needsReset`: the right password may be an earlier one, because the database was restored. */
type Entry = LoginOutcome | { needsReset: true }

type Entrant = Pick<User, 'id' | 'passwordVersion'>

/** A right password. `device`: of a known device, as it was before the lock of the user. */
type Entering = { user: Entrant; device: string | undefined; origin: Origin; now: Date }

/**
 * Opens a session under the lock of the user, and makes the browser a known device. Every address is
 * notified of a new device, the first log-in excepted. Opens nothing for a frozen account, or for one that `needsReset`.
 */
export async function enter(
  sql: Sql,
  { user: { id: userId, passwordVersion }, device: seen, origin, now }: Entering,
): Promise<Entry> {
  const locked = lockUser(sql, userId)
  const event = { userId, type: 'new_device', origin, now } as const
  const readNews = () => readForNews(sql, event, locked)
  const [{ isFrozen, restoredAt }, devices, read] = await Promise.all([
    locked,
    findDevices(sql, origin),
    seen === undefined ? readNews() : undefined,
  ])
  if (isFrozen) {
    logSecurity('authn_login_fail', { userId, purpose: 'login', reason: 'account_frozen' })
    return { frozenUserId: userId }
  }
  if (restoredAt) {
    logSecurity('authn_login_fail', { userId, purpose: 'login', reason: 'password_restored' })
    return { needsReset: true }
  }
  logSecurity('authn_login_success', { userId, purpose: 'login' })
  const { device, isNew, secrets } = await keepDevice(sql, devices, userId, origin, now)
  if (isNew) await recordNews(sql, event, read ?? (await readNews()))
  const session = await openSession(sql, { userId, passwordVersion, device, origin, now })
  return { session, deviceSecrets: secrets }
}

type NewDevice = { userId: string; type: 'new_device'; origin: Origin; now: Date }

/** Reads what the event of a new device needs. */
function readForNews(sql: Sql, event: NewDevice, locked: Promise<LockedUser>) {
  const { userId } = event
  return Promise.all([
    beginEvent(sql, event, locked),
    sql.run(HAS_SESSION, [userId]),
    listAddresses(sql, userId),
  ])
}

/**
 * Records a new device, and notifies every address. Nobody is notified of the first log-in of an
 * account: its owner has just registered.
 */
async function recordNews(
  sql: Sql,
  event: NewDevice,
  [begun, [earlier], addresses]: Awaited<ReturnType<typeof readForNews>>,
) {
  await recordEvent(sql, { ...event, notify: earlier ? addresses : [] }, begun)
}

const HAS_SESSION = statement<{ one: number }>(
  'has_session',
  `select 1 as one from "Session" where "userId" = $1::uuid limit 1`,
)
