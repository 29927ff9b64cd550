import { type BegunEvent, beginEvent, CLOSE_RESET_LINKS, recordEvent } from '@/lib/activity'
import { type AnyAddress, type HeldAddress, listAddresses } from '@/lib/addresses'
import { type AttemptPath, CLOSE_CHALLENGES, reopenPaths } from '@/lib/challenges'
import type { LockedUser } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { logSecurity } from '@/lib/platform/security-log'
import { sendForRows } from '@/lib/platform/sql'
import { type AnyTx, runIn, sendIn, statement } from '@/lib/platform/statement'
import { findDevice, REVOKE_DEVICES } from './devices'
import { restrictionOf } from './restriction'
import { END_SESSIONS } from './sessions'

/** The owner's own change, after the current password was checked against this version. */
type OwnChange = { type: 'password_changed'; seenVersion: number }

/**
 * The owner was verified by codes to `provenBy`, or by customer care, for its `reason`. `path`: of the
 * reset; without it every path of the account is open again.
 */
type Recovery = {
  type: 'password_reset' | 'password_released' | 'unfrozen' | 'unfrozen_by_care'
  provenBy: readonly AnyAddress[]
  path?: AttemptPath
  reason?: string
}

export type PasswordReplacement = (OwnChange | Recovery) & {
  userId: string
  passwordHash: string
  /** What `readForReplacement` has read in this transaction. */
  read?: ReplacementRead
  origin: Origin
  now: Date
}

/** Who is notified, and what the event follows. */
type ReplacementRead = { notify: HeldAddress[]; begun: BegunEvent }

/**
 * Reads what `replacePassword` needs, for a caller that reads more in the same round trip. `locked` is
 * the lock of the user that the caller is taking.
 */
export async function readForReplacement(
  tx: AnyTx,
  { userId, type, now }: Pick<PasswordReplacement, 'userId' | 'type' | 'now'>,
  locked?: Promise<LockedUser>,
): Promise<ReplacementRead> {
  const [begun, notify] = await Promise.all([
    beginEvent(tx, { userId, type, now }, locked),
    listAddresses(tx, userId),
  ])
  return { begun, notify }
}

/**
 * Replaces the password in the caller's transaction: the version rises, every session ends, every
 * open challenge and reset link closes, and a held password ends. The event and its notifications are
 * written. No browser stays a known device, but the one in which a signed-in customer changes the
 * password. A recovery restricts the account for a day and opens its paths again. Returns the new
 * version of an own change; undefined when the password was replaced since `seenVersion`, or the
 * account is frozen.
 */
export async function replacePassword(
  tx: AnyTx,
  replacement: PasswordReplacement,
): Promise<number | undefined> {
  const { userId, type, origin, now } = replacement
  const { begun, notify } = replacement.read ?? (await readForReplacement(tx, replacement))
  const isOwnChange = replacement.type === 'password_changed'
  const version = isOwnChange ? await replaceSeen(tx, replacement) : undefined
  if (isOwnChange && version === undefined) return undefined
  if (!isOwnChange) await replaceAny(tx, replacement)
  await endAccess(tx, userId, isOwnChange ? await findDevice(tx, userId, origin) : null, now)
  if (!isOwnChange) await reopenPaths(tx, userId, pathsOf(replacement))
  const reason = isOwnChange ? undefined : replacement.reason
  await recordEvent(tx, { userId, type, origin, now, reason, notify }, begun)
  if (!isOwnChange) logSecurity('authz_change', { userId, change: 'restricted' })
  return version
}

const pathsOf = ({ path }: Recovery): AttemptPath[] => [
  'password',
  ...(path ? [path] : (['primary_phone', 'recovery', 'saved_code'] as const)),
]

async function replaceSeen(
  tx: AnyTx,
  { userId, passwordHash, seenVersion }: PasswordReplacement & OwnChange,
) {
  const values = [userId, passwordHash, seenVersion, null, null]
  const [user] = await runIn(tx, REPLACE_PASSWORD, values)
  return user?.passwordVersion
}

const replaceAny = (
  tx: AnyTx,
  { userId, passwordHash, provenBy, now }: PasswordReplacement & Recovery,
) => sendIn(tx, REPLACE_PASSWORD, [userId, passwordHash, null, ...restrictionOf(provenBy, now)])

const REPLACE_PASSWORD = statement<{ passwordVersion: number }>(
  'replace_password',
  `update "User" set "passwordHash" = $2, "passwordVersion" = "passwordVersion" + 1, "restoredAt" = null,
    "restrictedUntil" = coalesce($4::timestamptz, "restrictedUntil"),
    "restrictedBy" = coalesce($5::text[], "restrictedBy")
  where id = $1::uuid and ($3::int is null or ("passwordVersion" = $3::int and "frozenAt" is null))
  returning "passwordVersion"`,
)

/** Ends sessions, known devices and a held password, and closes challenges and reset links. */
const endAccess = (tx: AnyTx, userId: string, except: string | null, now: Date) =>
  sendForRows(tx, END_ACCESS, [userId, now, except], ([ended]) => {
    if (ended?.sessions) logSecurity('session_expired', { userId, reason: 'revoked' })
    if (ended?.devices) logSecurity('authn_token_revoked', { userId, subject: 'device' })
  })

const END_ACCESS = statement<{ sessions: number; devices: number }>(
  'end_access',
  `with sessions as (${END_SESSIONS} returning id), challenges as (${CLOSE_CHALLENGES}),
    held as (update "HeldPassword" set "endedAt" = $2::timestamptz, "endedBy" = 'replaced', "passwordHash" = null
      where "userId" = $1::uuid and "endedAt" is null),
    links as (${CLOSE_RESET_LINKS}), devices as (
      ${REVOKE_DEVICES} and ($3::text is null or "secretHash" <> $3::text) returning "secretHash")
  select (select count(*)::int from sessions) as sessions, (select count(*)::int from devices) as devices`,
)
