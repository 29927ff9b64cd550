import { hashSecret, newSecret } from '@/lib/platform/crypto'
import { db, type Tx } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { logSecurity } from '@/lib/platform/security-log'

/** Accounts that one browser is a known device of. The cookie holds a secret for each. */
const ACCOUNTS_PER_BROWSER = 10

/** A browser in which this account was signed in before. */
export type KnownDevice = { userId: string; secretHash: string }

/**
 * The accounts that the browser of a request is a known device of. One statement, whichever account
 * the caller then looks for.
 */
export function findDevices(tx: Tx, origin: Origin): Promise<KnownDevice[]> {
  return tx.knownDevice.findMany({
    where: { secretHash: { in: hashesOf(origin) }, revokedAt: null },
    select: { userId: true, secretHash: true },
  })
}

/** The hash of this browser's secret for an account; null when it is no known device of it. */
export async function findDevice(tx: Tx, userId: string, origin: Origin): Promise<string | null> {
  const devices = await findDevices(tx, origin)
  return devices.find((device) => device.userId === userId)?.secretHash ?? null
}

/** `secrets`: the new content of the browser's cookie. */
export type KeptDevice = { device: string; isNew: boolean; secrets: string[] }

/**
 * Makes the browser of a login a known device of the account, unless it is one. A new device gets a
 * secret of its own: one that somebody planted in the cookie stays unknown. Secrets that are no
 * longer known leave the cookie, the oldest ones first above ten.
 */
export async function keepDevice(
  tx: Tx,
  userId: string,
  origin: Origin,
  now: Date,
): Promise<KeptDevice> {
  const devices = await findDevices(tx, origin)
  const live = new Set(devices.map(({ secretHash }) => secretHash))
  const secrets = (origin.deviceSecrets ?? []).filter((secret) => live.has(hashSecret(secret)))
  const known = devices.find((device) => device.userId === userId)
  if (known) return { device: known.secretHash, isNew: false, secrets }
  const secret = newSecret()
  const device = hashSecret(secret)
  await tx.knownDevice.create({ data: { userId, secretHash: device, createdAt: now } })
  logSecurity('authn_token_created', { userId, subject: 'device' })
  return { device, isNew: true, secrets: [...secrets, secret].slice(-ACCOUNTS_PER_BROWSER) }
}

/** Ends the known devices of an account: all, only the named ones, or all but one. */
export async function revokeDevices(
  tx: Tx,
  userId: string,
  which: { only?: readonly string[]; except?: string | null },
  now: Date,
): Promise<void> {
  const { only, except } = which
  const ended = await tx.knownDevice.updateMany({
    where: {
      userId,
      revokedAt: null,
      ...(only && { secretHash: { in: [...only] } }),
      ...(except && { NOT: { secretHash: except } }),
    },
    data: { revokedAt: now },
  })
  if (ended.count > 0) logSecurity('authn_token_revoked', { userId, subject: 'device' })
}

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
