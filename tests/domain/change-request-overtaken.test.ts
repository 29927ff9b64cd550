import { expect, it } from 'vitest'
import { addAddress } from '@/lib/addresses'
import {
  requestConfirmation,
  requestEmailConfirmation,
  requestRecoveryAddress,
  requestRemoval,
} from '@/lib/contacts'
import { refuse } from '@/lib/platform/result'
import { requestLift } from '@/lib/recovery'
import {
  callerOf,
  expectDone,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
  newOrigin,
  newPhone,
  saveRecovery,
} from '../support/accounts'
import { codesTo } from '../support/outbox'
import { authorised, request, sendCodeToNew } from './change-actions'
import { DUE, requestCheck } from './health-actions'
import {
  type Change,
  closeAll,
  expectUnchanged,
  freezeOnly,
  overtake,
  RESTRICTED,
  removeFrom,
  replacePasswordOnly,
  restrictFrom,
  setAddresses,
} from './overtake-actions'
import { type Begun, makeLiftable } from './overtake-flows'

const wanted = newEmail()

/** Each request for a code, before its code is sent. */
const REQUESTS = {
  add: async () => {
    const account = await makeAccount()
    return { account, work: () => requestRecoveryAddress(callerOf(account), wanted) }
  },
  remove: async () => {
    const account = await makeRecoverable()
    return { account, work: () => requestRemoval(callerOf(account), 'email') }
  },
  confirm: async () => {
    const account = await makeAccount()
    await saveRecovery(account, newEmail())
    await expectDone(requestConfirmation(callerOf(account), 'email'))
    return { account, work: () => requestConfirmation(callerOf(account), 'email') }
  },
  'change a primary': async () => {
    const account = await makeAccount()
    return { account, work: () => request(account, { address: wanted }) }
  },
  'change a primary by the recovery address': async () => {
    const account = await makeRecoverable()
    return {
      account,
      work: () => request(account, { address: newPhone(), proof: 'recovery' }),
    }
  },
  replace: async () => {
    const account = await makeRecoverable()
    return { account, work: () => request(account, { address: newEmail(), role: 'recovery' }) }
  },
  'send to the new address': async () => {
    const [account, change] = [await makeAccount(), { address: newPhone() }]
    await authorised(account, change)
    return { account, work: () => sendCodeToNew(account, change) }
  },
  'confirm the primary e-mail': async () => {
    const account = await makeAccount()
    return { account, work: () => requestEmailConfirmation(callerOf(account)) }
  },
  reverify: async () => {
    const account = await makeRecoverable()
    return { account, work: () => requestCheck(account, account.recovery) }
  },
  lift: async () => {
    const account = await makeLiftable()
    return { account, work: () => requestLift(callerOf(account), account.lifterId) }
  },
} as const satisfies Record<string, () => Promise<Begun>>

const restrict = restrictFrom(NOW)

const confirmed = (role: 'primary' | 'recovery') =>
  setAddresses(role, { confirmedAt: NOW, lastVerifiedAt: DUE })

/** Adds the wanted address as recovery address. */
const addWanted =
  (confirmedAt: Date | null): Change =>
  async (tx, { userId }) => {
    const added = { address: wanted, confirmedAt, origin: newOrigin(), now: NOW }
    if (!(await addAddress(tx, { userId, role: 'recovery', ...added })).ok) throw new Error('held')
  }
const holdWanted = addWanted(NOW)

/** Puts another unconfirmed address in the place of the recovery e-mail. */
const replaceUnconfirmed: Change = async (tx, account) => {
  await removeFrom('recovery_email')(tx, account)
  await addWanted(null)(tx, account)
}

const lift: Change = (tx, { userId }) =>
  tx.user.update({ where: { id: userId }, data: { restrictedUntil: null } })

const CASES: [keyof typeof REQUESTS, string, Change, string][] = [
  ['add', 'freeze', freezeOnly, 'challenge_gone'],
  ['add', 'restriction', restrict, 'account_restricted'],
  ['add', 'confirmed recovery address', holdWanted, 'already_held'],
  ['remove', 'freeze', freezeOnly, 'nothing_to_remove'],
  ['remove', 'restriction', restrict, 'account_restricted'],
  ['remove', 'removal', removeFrom('recovery_email'), 'nothing_to_remove'],
  ['confirm', 'freeze', freezeOnly, 'nothing_to_confirm'],
  ['confirm', 'restriction', restrict, 'account_restricted'],
  ['confirm', 'removal', removeFrom('recovery_email'), 'nothing_to_confirm'],
  ['confirm', 'another unconfirmed address', replaceUnconfirmed, 'nothing_to_confirm'],
  ['confirm', 'confirmation elsewhere', confirmed('recovery'), 'nothing_to_confirm'],
  ['change a primary', 'freeze', freezeOnly, 'challenge_gone'],
  ['change a primary', 'restriction', restrict, 'account_restricted'],
  ['change a primary', 'new password', replacePasswordOnly, 'challenge_gone'],
  ['change a primary', 'new recovery address', holdWanted, 'own_recovery'],
  [
    'change a primary by the recovery address',
    'removal',
    removeFrom('recovery_email'),
    'no_recovery',
  ],
  ['replace', 'freeze', freezeOnly, 'challenge_gone'],
  ['replace', 'restriction', restrict, 'account_restricted'],
  ['replace', 'removal', removeFrom('recovery_email'), 'challenge_gone'],
  ['send to the new address', 'freeze', freezeOnly, 'challenge_gone'],
  ['send to the new address', 'restriction', restrict, 'account_restricted'],
  ['send to the new address', 'closing of its authorisation', closeAll, 'challenge_gone'],
  ['confirm the primary e-mail', 'freeze', freezeOnly, 'nothing_to_confirm'],
  ['confirm the primary e-mail', 'restriction', restrict, 'account_restricted'],
  ['confirm the primary e-mail', 'confirmation', confirmed('primary'), 'nothing_to_confirm'],
  ['reverify', 'freeze', freezeOnly, 'nothing_to_reverify'],
  ['reverify', 'removal', removeFrom('recovery_email'), 'nothing_to_reverify'],
  ['reverify', 'verification elsewhere', confirmed('recovery'), 'nothing_to_reverify'],
  ['lift', 'freeze', freezeOnly, 'lifter_gone'],
  ['lift', 'removal', removeFrom('recovery_email'), 'lifter_gone'],
  ['lift', 'lift elsewhere', lift, 'not_restricted'],
]

it.each(CASES)(
  'a request (%s) that a %s overtakes sends nothing',
  async (name, _what, change, refusal) => {
    const { account, work }: Begun = await REQUESTS[name]()
    const refused = refusal === 'account_restricted' ? RESTRICTED : refuse(refusal)
    await expectUnchanged(account, change, work, refused)
  },
)

it.each(['add', 'remove'] as const)(
  'a request (%s) that a change of the number overtakes sends its code to the new number',
  async (name) => {
    const { account, work }: Begun = await REQUESTS[name]()
    const phone = newPhone()
    const toOld = await codesTo(account.phone)
    const replace: Change = async (tx, { userId }) => {
      await removeFrom('primary_phone')(tx, account)
      const added = { address: phone, confirmedAt: NOW, origin: newOrigin(), now: NOW }
      await expectDone(addAddress(tx, { userId, role: 'primary', ...added }))
    }
    expect((await overtake(account, replace, work)).outcome).toMatchObject({ ok: true })
    expect([await codesTo(account.phone), (await codesTo(phone)).length]).toEqual([toOld, 1])
  },
)
