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

export type Method = 'primary_phone' | 'recovery'
export type Role = 'primary' | 'recovery'

/** Requests a change: of a primary and by the primary phone, unless given. */
export type Wanted = { address: AnyAddress; proof?: Method; role?: Role; password?: string }

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

export const authorise = (account: Account, wanted: Wanted, code: string, now = NOW) =>
  authoriseChange(callerOf(account, now), slotOf(wanted), code)

export const sendCodeToNew = (account: Account, wanted: Wanted, now = NOW) =>
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

/** A change that is authorised. `sentTo` received the authorisation code. */
export async function authorised(
  account: Account,
  wanted: Wanted,
  sentTo: AnyAddress = account.phone,
  now = NOW,
) {
  await expectDone(request(account, wanted, now))
  await expectDone(authorise(account, wanted, await newestCode(sentTo), now))
}

/** A change that lacks only the code to the new address. Returns that code. */
export async function codeToNewAddress(
  account: Account,
  wanted: Wanted,
  sentTo: AnyAddress = account.phone,
  now = NOW,
) {
  await authorised(account, wanted, sentTo, now)
  await expectDone(sendCodeToNew(account, wanted, now))
  return newestCode(wanted.address)
}

/** A complete change. */
export async function change(account: Account, wanted: Wanted, sentTo: AnyAddress = account.phone) {
  const code = await codeToNewAddress(account, wanted, sentTo)
  return complete(account, wanted, code)
}

export const tryLogIn = (identifier: AnyAddress, password = PASSWORD) =>
  logIn({ identifier: identifier.value, password, origin: newOrigin(), now: NOW })

/** Restricts an account, as a reset does. */
export const restrict = ({ userId }: Account) =>
  db().user.update({ where: { id: userId }, data: { restrictedUntil: later(24 * HOUR) } })

/** The role and value of every address of an account. */
export const valuesOf = async ({ userId }: Account) =>
  (await listAddresses(db(), userId)).map(({ role, address }) => [role, address.value])
