import { type AnyAddress, blindIndexOf, confirmAddress, removeAddress } from '@/lib/addresses'
import {
  confirmRecoveryAddress,
  removeRecoveryAddress,
  requestRemoval,
  sendCodeToNewAddress,
} from '@/lib/contacts'
import { db, transaction } from '@/lib/platform/db'
import {
  type Account,
  addRecovery,
  callerOf,
  expectDone,
  later,
  MINUTE,
  makeAccount,
  makeNewAccount,
  makeRecoverable,
  newEmail,
  newPhone,
  saveRecovery,
} from '../support/accounts'
import { newestCode } from '../support/outbox'
import { change } from './change-actions'
import { addressState } from './flows-states'
import { complete, makeGuarded, replaceSlot, stop, verifiedUnfreeze } from './freeze-actions'

/** The newest row of an address. */
async function rowOf(address: AnyAddress) {
  const newest = {
    where: { blindIndex: blindIndexOf(address) },
    orderBy: { addedAt: 'desc' },
  } as const
  return (await db().address.findFirstOrThrow(newest)).id
}

type Walked = { account: Account; address: AnyAddress; id: string }

/** An account with an unconfirmed or a confirmed recovery address. */
async function have(state: 'waiting' | 'live'): Promise<Walked> {
  const [account, address] = [await makeAccount(), newEmail()]
  await (state === 'waiting' ? saveRecovery(account, address) : addRecovery(account, address))
  return { account, address, id: await rowOf(address) }
}

/** An account with the unconfirmed e-mail of its registration. */
async function havePrimary(): Promise<Walked> {
  const account = await makeNewAccount()
  return { account, address: account.email, id: await rowOf(account.email) }
}

async function remove({ account }: Walked) {
  await expectDone(requestRemoval(callerOf(account), 'email'))
  await expectDone(removeRecoveryAddress(callerOf(account), await newestCode(account.phone)))
}

async function removed() {
  const walked = await have('live')
  await remove(walked)
  return walked
}

const from =
  (begin: () => Promise<Walked>, act: (walked: Walked) => Promise<unknown>) => async () => {
    const walked = await begin()
    const before = await addressState(walked.id)
    await act(walked)
    return [before, await addressState(walked.id)]
  }

/** A new address, by the action that added it. */
const born = (bring: () => Promise<AnyAddress>) => async () => [
  '[*]',
  await addressState(await rowOf(await bring())),
]

/**
 * The primary numbers of a thief and of the owner after the owner has frozen the account and undone
 * the change.
 */
async function undo() {
  const [account, stolen] = [await makeGuarded(), newPhone()]
  await replaceSlot(account, 'primary_phone', stolen)
  const id = await rowOf(stolen)
  const before = await addressState(id)
  await stop(account)
  await expectDone(complete(await verifiedUnfreeze(account), { primary_phone: 'undo' }))
  return { account, walk: [before, await addressState(id)] }
}

/** Every transition of an address. */
export const ADDRESS = [
  {
    from: '[*]',
    to: 'waiting',
    by: 'save',
    walk: born(async () => (await have('waiting')).address),
  },
  { from: '[*]', to: 'live', by: 'register', walk: born(async () => (await makeAccount()).phone) },
  {
    from: '[*]',
    to: 'waiting',
    by: 'register',
    walk: born(async () => (await makeNewAccount()).email),
  },
  {
    from: '[*]',
    to: 'live',
    by: 'change',
    walk: born(async () => {
      const address = newPhone()
      await expectDone(change(await makeAccount(), { address }))
      return address
    }),
  },
  { from: '[*]', to: 'live', by: 'undo', walk: born(async () => (await undo()).account.phone) },
  {
    from: 'waiting',
    to: 'live',
    by: 'confirm',
    walk: from(
      () => have('waiting'),
      async ({ account, address }) =>
        expectDone(confirmRecoveryAddress(callerOf(account), await newestCode(address))),
    ),
  },
  {
    from: 'waiting',
    to: 'removed',
    by: 'save another',
    walk: from(
      () => have('waiting'),
      ({ account }) => saveRecovery(account, newEmail()),
    ),
  },
  { from: 'waiting', to: 'removed', by: 'remove', walk: from(() => have('waiting'), remove) },
  {
    from: 'waiting',
    to: 'removed',
    by: 'confirm in another account',
    walk: from(
      () => havePrimary(),
      async ({ address }) => expectDone(change(await makeAccount(), { address })),
    ),
  },
  { from: 'live', to: 'removed', by: 'remove', walk: from(() => have('live'), remove) },
  {
    from: 'live',
    to: 'removed',
    by: 'change',
    walk: async () => {
      const account = await makeRecoverable()
      const id = await rowOf(account.phone)
      const before = await addressState(id)
      await expectDone(change(account, { address: newPhone() }))
      return [before, await addressState(id)]
    },
  },
  { from: 'live', to: 'removed', by: 'undo', walk: async () => (await undo()).walk },
]

const confirm = ({ id }: Walked) => transaction((tx) => confirmAddress(tx, id, later(MINUTE)))
const live = () => have('live')
const waiting = () => have('waiting')

/** The actions that must not change the state of an address. */
export const ADDRESS_NEVER = [
  { from: 'removed', not: 'live', by: 'confirm', walk: from(removed, confirm) },
  {
    from: 'removed',
    not: 'live',
    by: 'add the same again',
    walk: from(removed, ({ account, address }) => addRecovery(account, address, later(MINUTE))),
  },
  {
    from: 'removed',
    not: 'removed anew',
    by: 'remove',
    walk: from(removed, ({ id }) => transaction((tx) => removeAddress(tx, id, later(MINUTE)))),
  },
  {
    from: 'live',
    not: 'waiting',
    by: 'save it again',
    walk: from(live, ({ account, address }) => saveAgain(account, address)),
  },
  {
    from: 'live',
    not: 'removed',
    by: 'a change that is not proven',
    walk: from(live, ({ account }) =>
      sendCodeToNewAddress(callerOf(account), { role: 'recovery', kind: 'email' }),
    ),
  },
  {
    from: 'waiting',
    not: 'removed',
    by: 'a registration of the same e-mail',
    walk: from(havePrimary, ({ account: { email } }) => makeNewAccount({ email })),
  },
  {
    from: 'waiting',
    not: 'live',
    by: 'a wrong code',
    walk: from(waiting, ({ account }) => confirmRecoveryAddress(callerOf(account), 'no code')),
  },
]

/** Refused: the saved address stays. */
const saveAgain = (account: Account, address: AnyAddress) =>
  saveRecovery(account, address).catch(() => undefined)
