import { type AnyAddress, confirmAddress, removeAddress } from '@/lib/addresses'
import { confirmRecoveryAddress, sendCodeToNewAddress } from '@/lib/contacts'
import { transaction } from '@/lib/platform/db'
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
import {
  born,
  from,
  have,
  havePrimary,
  remove,
  removed,
  rowOf,
  undo,
  type Walked,
} from './address-walks'
import { change } from './change-actions'
import { addressState } from './flows-states'

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
