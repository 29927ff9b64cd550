import { type Caller, refuseRestricted, refuseWrongPassword } from '@/lib/accounts'
import { recordEvent } from '@/lib/activity'
import { listAddresses } from '@/lib/addresses'
import { db, lockUser, transaction } from '@/lib/platform/db'
import { consume } from '@/lib/platform/limit-uses'
import type { LimitName } from '@/lib/platform/limits'
import { done, type Result, refuse } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'
import { makeTicket } from '@/lib/platform/session-ticket'

type SignedIn = { sessionId: string }

type ExportRefusal =
  | 'password_wrong'
  | 'password_throttled'
  | 'account_restricted'
  | 'export_throttled'
  | 'challenge_gone'

/**
 * Permits the session of a customer who knows the password to download the data of the account, for
 * ten minutes. The event and its notifications are written; the data contain every address in full.
 * Returns the ticket for the browser's cookie. Refused: `account_restricted`, `password_throttled`
 * and `export_throttled` (after five in a day) with seconds, `password_wrong`, `challenge_gone` when
 * the account was frozen or the password replaced meanwhile.
 */
export async function permitExport(
  caller: Caller & SignedIn,
  password: string,
): Promise<Result<{ ticket: string }, ExportRefusal>> {
  const { userId, origin, now } = caller
  const restricted = await refuseRestricted(db(), userId, now)
  if (restricted) return restricted
  const user = await db().user.findUniqueOrThrow({ where: { id: userId } })
  const refusal =
    (await refuseWrongPassword(user, password, origin, now)) ?? (await limitExports(userId))
  if (refusal) return refusal
  return transaction(async (tx) => {
    const { isFrozen } = await lockUser(tx, userId)
    const { passwordVersion } = await tx.user.findUniqueOrThrow({ where: { id: userId } })
    if (isFrozen || passwordVersion !== user.passwordVersion) return refuse('challenge_gone')
    const again = await refuseRestricted(tx, userId, now)
    if (again) return again
    const notify = await listAddresses(tx, userId)
    await recordEvent(tx, { userId, type: 'data_exported', origin, now, notify })
    return done({ ticket: makeTicket('export', caller.sessionId, now) })
  })
}

/**
 * Consumes one download of the data of an account: each reads all of it. Refused:
 * `download_throttled` with seconds, after twenty in a day.
 */
export const limitDownloads = (userId: string) =>
  limit('downloadUser', userId, 'download_throttled')

const limitExports = (userId: string) => limit('exportUser', userId, 'export_throttled')

async function limit<Word extends string>(name: LimitName, userId: string, word: Word) {
  const { waitSeconds } = await consume(name, userId)
  if (waitSeconds === undefined) return undefined
  logSecurity('excess_rate_limit_exceeded', { limit: name, identifier: userId })
  return refuse(word, waitSeconds)
}
