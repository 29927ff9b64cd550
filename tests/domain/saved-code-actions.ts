import type { AnyAddress } from '@/lib/addresses'
import { db } from '@/lib/platform/db'
import { makeSavedCode, passReset, requestSavedCode } from '@/lib/recovery'
import { type MadeCode, sealMade, showOnce } from '@/lib/saved-codes'
import { type Account, callerOf, expectDone, NOW, newOrigin, PASSWORD } from '../support/accounts'
import { newestCode } from '../support/outbox'
import { start } from './reset-actions'

export const ask = (account: Account, now = NOW, password = PASSWORD) =>
  requestSavedCode(callerOf(account, now), password)

export const confirm = (account: Account, code: string, now = NOW) =>
  makeSavedCode(callerOf(account, now), code)

/** Shows a code, as the browser that made it does. */
export const show = (made: MadeCode | undefined, now = NOW) =>
  showOnce(made ? sealMade(made) : '', now)

/** Makes a saved code and returns it as its owner sees it. */
export async function makeCode(account: Account, now = NOW): Promise<string> {
  await expectDone(ask(account, now))
  const made = await expectDone(confirm(account, await newestCode(account.phone), now))
  return (await show(made, now)) ?? ''
}

/** Begins a reset and enters a saved code. */
export async function enter(identifier: AnyAddress, code: string, now = NOW) {
  const { secret } = await expectDone(start(identifier, 'saved_code', now))
  return passReset(secret, code, newOrigin(), now)
}

/** A reset that has passed with a saved code and lacks only the new password. */
export const passed = async (account: Account, code: string, now = NOW) =>
  (await expectDone(enter(account.email, code, now))).secret

/**
 * The saved codes of an account, in the order of their making. Of two that were made at once, the one
 * that was used or has ended comes first.
 */
export const rowsOf = ({ userId }: Account) =>
  db().savedCode.findMany({
    where: { userId },
    orderBy: [
      { createdAt: 'asc' },
      { usedAt: { sort: 'asc', nulls: 'last' } },
      { endedAt: { sort: 'asc', nulls: 'last' } },
    ],
  })

/** A code that is not this one. */
export const wrong = (code: string) => (code.startsWith('0') ? '1' : '0') + code.slice(1)
