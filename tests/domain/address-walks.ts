import { type AnyAddress, blindIndexOf } from '@/lib/addresses'
import { removeRecoveryAddress, requestRemoval } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import {
  type Account,
  addRecovery,
  callerOf,
  expectDone,
  makeAccount,
  makeNewAccount,
  newEmail,
  newPhone,
  saveRecovery,
} from '../support/accounts'
import { newestCode } from '../support/outbox'
import { addressState } from './flows-states'
import { complete, makeGuarded, replaceSlot, stop, verifiedUnfreeze } from './freeze-actions'

/** The newest row of an address. */
export async function rowOf(address: AnyAddress) {
  const newest = {
    where: { blindIndex: blindIndexOf(address) },
    orderBy: { addedAt: 'desc' },
  } as const
  return (await db().address.findFirstOrThrow(newest)).id
}

export type Walked = { account: Account; address: AnyAddress; id: string }

/** An account with an unconfirmed or a confirmed recovery address. */
export async function have(state: 'waiting' | 'live'): Promise<Walked> {
  const [account, address] = [await makeAccount(), newEmail()]
  await (state === 'waiting' ? saveRecovery(account, address) : addRecovery(account, address))
  return { account, address, id: await rowOf(address) }
}

/** An account with the unconfirmed e-mail of its registration. */
export async function havePrimary(): Promise<Walked> {
  const account = await makeNewAccount()
  return { account, address: account.email, id: await rowOf(account.email) }
}

export async function remove({ account }: Walked) {
  await expectDone(requestRemoval(callerOf(account), 'email'))
  await expectDone(removeRecoveryAddress(callerOf(account), await newestCode(account.phone)))
}

export async function removed() {
  const walked = await have('live')
  await remove(walked)
  return walked
}

/** The states of an address before and after an action. */
export const from =
  (begin: () => Promise<Walked>, act: (walked: Walked) => Promise<unknown>) => async () => {
    const walked = await begin()
    const before = await addressState(walked.id)
    await act(walked)
    return [before, await addressState(walked.id)]
  }

/** A new address, by the action that added it. */
export const born = (bring: () => Promise<AnyAddress>) => async () => [
  '[*]',
  await addressState(await rowOf(await bring())),
]

/**
 * The primary numbers of a thief and of the owner after the owner has frozen the account and undone
 * the change.
 */
export async function undo() {
  const [account, stolen] = [await makeGuarded(), newPhone()]
  await replaceSlot(account, 'primary_phone', stolen)
  const id = await rowOf(stolen)
  const before = await addressState(id)
  await stop(account)
  await expectDone(complete(await verifiedUnfreeze(account), { primary_phone: 'undo' }))
  return { account, walk: [before, await addressState(id)] }
}
