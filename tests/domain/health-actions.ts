import { readProfile } from '@/lib/accounts'
import { type AnyAddress, blindIndexOf } from '@/lib/addresses'
import { readHealth, requestReverification, reverifyAddress } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { type Account, callerOf, DAY, expectDone, later, NOW } from '../support/accounts'
import { newestCode } from '../support/outbox'

export const YEAR = 365 * DAY
export const DUE = later(YEAR)

export const healthOf = async ({ userId }: Account, now = NOW) =>
  readHealth(await readProfile(userId), now)

/**
 * The states of an account's methods: primary phone, recovery e-mail, recovery phone, primary
 * e-mail.
 */
export const statesOf = async (account: Account, now = NOW) =>
  (await healthOf(account, now)).methods.map(({ state }) => state)

export async function lastVerifiedAt({ userId }: Account, address: AnyAddress) {
  const row = await db().address.findFirstOrThrow({
    where: { userId, blindIndex: blindIndexOf(address), removedAt: null },
  })
  return row.lastVerifiedAt
}

export const requestCheck = (account: Account, { kind }: AnyAddress, now = DUE) =>
  requestReverification(callerOf(account, now), { role: 'recovery', kind })

export const reverify = (account: Account, code: string, now = DUE) =>
  reverifyAddress(callerOf(account, now), code)

/** Reverifies the recovery address with its code. Returns the points credited. */
export async function check(account: Account, address: AnyAddress, now = DUE) {
  await expectDone(requestCheck(account, address, now))
  return expectDone(reverify(account, await newestCode(address), now))
}

export async function unreachable({ userId }: Account, address: AnyAddress) {
  await db().address.updateMany({
    where: { userId, blindIndex: blindIndexOf(address) },
    data: { unreachableAt: NOW },
  })
}
