import { hashSecret, newSecret } from '@/lib/platform/crypto'
import { db } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { logSecurity } from '@/lib/platform/security-log'
import { type AnyTx, runIn, sendIn, statement } from '@/lib/platform/statement'

/** Accounts that one browser is a known device of. The cookie holds a secret for each. */
const ACCOUNTS_PER_BROWSER = 10

/** A browser in which this account was signed in before. */
export type KnownDevice = { userId: string; secretHash: string }

/**
 * The accounts that the browser of a request is a known device of. One statement, whichever account
 * the caller then looks for; none for a browser without secrets.
 */
export async function findDevices(tx: AnyTx, origin: Origin): Promise<KnownDevice[]> {
  const hashes = hashesOf(origin)
  return hashes.length > 0 ? runIn(tx, FIND_DEVICES, [hashes]) : []
}

const FIND_DEVICES = statement<KnownDevice>(
  'find_devices',
  `select "userId", "secretHash" from "KnownDevice" where "secretHash" = any($1::text[]) and "revokedAt" is null`,
)

/** The hash of this browser's secret for an account; null when it is no known device of it. */
export async function findDevice(
  tx: AnyTx,
  userId: string,
  origin: Origin,
): Promise<string | null> {
  const devices = await findDevices(tx, origin)
  return devices.find((device) => device.userId === userId)?.secretHash ?? null
}

/** `secrets`: the new content of the browser's cookie. */
type KeptDevice = { device: string; isNew: boolean; secrets: string[] }

const SEE_DEVICE = statement(
  'see_device',
  `update "KnownDevice" set "seenAt" = $3::timestamptz where "userId" = $1::uuid and "secretHash" = $2`,
)

const KEEP_DEVICE = statement(
  'keep_device',
  `insert into "KnownDevice" ("userId", "secretHash", "createdAt") values ($1::uuid, $2, $3::timestamptz)`,
)

/**
 * Makes the browser of a login a known device of the account, unless it is among `devices`, which
 * were read under the lock of the user. A new device gets a secret of its own: one that somebody
 * planted in the cookie stays unknown. Secrets that are no longer known leave the cookie, the oldest
 * ones first above ten.
 */
export async function keepDevice(
  tx: AnyTx,
  devices: readonly KnownDevice[],
  userId: string,
  origin: Origin,
  now: Date,
): Promise<KeptDevice> {
  const live = new Set(devices.map(({ secretHash }) => secretHash))
  const secrets = (origin.deviceSecrets ?? []).filter((secret) => live.has(hashSecret(secret)))
  const known = devices.find((device) => device.userId === userId)
  if (known) {
    const { secretHash: device } = known
    await sendIn(tx, SEE_DEVICE, [userId, device, now])
    return { device, isNew: false, secrets }
  }
  const secret = newSecret()
  const device = hashSecret(secret)
  await sendIn(tx, KEEP_DEVICE, [userId, device, now])
  logSecurity('authn_token_created', { userId, subject: 'device' })
  const kept = [...secrets, secret].slice(-ACCOUNTS_PER_BROWSER)
  return { device, isNew: true, secrets: kept }
}

/** Ends the known devices of an account: all, only the named ones, or all but one. */
export async function revokeDevices(
  tx: AnyTx,
  userId: string,
  which: { only?: readonly string[]; except?: string | null },
  now: Date,
): Promise<void> {
  const { only = null, except = null } = which
  const ended = await runIn(tx, REVOKE, [userId, now, only && [...only], except])
  if (ended.length > 0) logSecurity('authn_token_revoked', { userId, subject: 'device' })
}

/** Ends all known devices of an account: `$1` is the user, `$2` the time. Conditions may follow. */
export const REVOKE_DEVICES = `update "KnownDevice" set "revokedAt" = $2::timestamptz
  where "userId" = $1::uuid and "revokedAt" is null`

const REVOKE = statement<{ secretHash: string }>(
  'revoke_devices',
  `${REVOKE_DEVICES} and ($3::text[] is null or "secretHash" = any($3::text[]))
    and ($4::text is null or "secretHash" <> $4::text)
  returning "secretHash"`,
)

/** Ends this browser as a known device of every account, after a log-out at a shared computer. */
export async function forgetBrowser(origin: Origin, now: Date): Promise<void> {
  const ended = await db().knownDevice.updateManyAndReturn({
    where: { secretHash: { in: hashesOf(origin) }, revokedAt: null },
    data: { revokedAt: now },
    select: { userId: true },
  })
  for (const { userId } of ended)
    logSecurity('authn_token_revoked', { userId, subject: 'device', reason: 'forgotten' })
}

const hashesOf = ({ deviceSecrets = [] }: Origin) => deviceSecrets.map(hashSecret)
