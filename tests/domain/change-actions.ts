import { logIn, type OpenedSession } from '@/lib/accounts'
import { type AnyAddress, listAddresses } from '@/lib/addresses'
import {
  authoriseChange,
  completePrimaryChange,
  completeReplacement,
  requestPrimaryChange,
  requestReplacement,
  sendCodeToNewAddress,
} from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import type { Result } from '@/lib/platform/result'
import {
  type Account,
  callerOf,
  expectDone,
  HOUR,
  later,
  NOW,
  newEmail,
  newOrigin,
  newPhone,
  PASSWORD,
} from '../support/accounts'
import { newestCode } from '../support/outbox'

export const KINDS = [
  ['phone', newPhone],
  ['email', newEmail],
] as const

export type Proof = 'primary_phone' | 'recovery'
export type Role = 'primary' | 'recovery'

/** A change as a test wants it: by the primary phone and of a primary, unless told. */
export type Wanted = { address: AnyAddress; proof?: Proof; role?: Role; password?: string }

export const slotOf = ({ address, role = 'primary' }: Wanted) => ({ role, kind: address.kind })

export function request(
  account: Account,
  { address, proof = 'primary_phone', role, password = PASSWORD }: Wanted,
  now = NOW,
) {
  const caller = callerOf(account, now)
  return role === 'recovery'
    ? requestReplacement(caller, { address, proof })
    : requestPrimaryChange(caller, { address, proof, password })
}

export const prove = (account: Account, wanted: Wanted, code: string, now = NOW) =>
  authoriseChange(callerOf(account, now), slotOf(wanted), code)

export const askNew = (account: Account, wanted: Wanted, now = NOW) =>
  sendCodeToNewAddress(callerOf(account, now), slotOf(wanted))

export function complete(
  account: Account,
  wanted: Wanted,
  code: string,
  now = NOW,
): Promise<Result<OpenedSession | number, string>> {
  const { role, kind } = slotOf(wanted)
  const caller = callerOf(account, now)
  return role === 'recovery'
    ? completeReplacement(caller, kind, code)
    : completePrimaryChange(caller, kind, code)
}

/** A change up to the point where who asks is shown. `sentTo` is where the code of the proof comes. */
export async function proven(account: Account, wanted: Wanted, sentTo: AnyAddress = account.phone) {
  await expectDone(request(account, wanted))
  await expectDone(prove(account, wanted, await newestCode(sentTo)))
}

/** A change that lacks nothing but the code that came to the new address; answers that code. */
export async function asked(account: Account, wanted: Wanted, sentTo: AnyAddress = account.phone) {
  await proven(account, wanted, sentTo)
  await expectDone(askNew(account, wanted))
  return newestCode(wanted.address)
}

/** A whole change. */
export async function change(account: Account, wanted: Wanted, sentTo: AnyAddress = account.phone) {
  const code = await asked(account, wanted, sentTo)
  return complete(account, wanted, code)
}

export const enter = (identifier: AnyAddress, password = PASSWORD) =>
  logIn({ identifier: identifier.value, password, origin: newOrigin(), now: NOW })

/** Restricts an account, as a reset does. */
export const restrict = ({ userId }: Account) =>
  db().user.update({ where: { id: userId }, data: { restrictedUntil: later(24 * HOUR) } })

/** The role and value of every address of an account. */
export const valuesOf = async ({ userId }: Account) =>
  (await listAddresses(db(), userId)).map(({ role, address }) => [role, address.value])
