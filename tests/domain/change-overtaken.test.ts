import { describe, it } from 'vitest'
import { addAddress } from '@/lib/addresses'
import { refuse } from '@/lib/platform/result'
import { type Account, makeAccount, NOW, newEmail, newOrigin, newPhone } from '../support/accounts'
import {
  type Change,
  expectUnchanged,
  RESTRICTED,
  removeFrom,
  restrictFrom,
  setAddresses,
} from './overtake-actions'
import { type Begun, CODE_FLOWS, toAdd, toComplete } from './overtake-flows'

type Case = { by: string; begin: () => Promise<Begun>; change: Change; refusal: string }

const hold =
  (address: Parameters<typeof addAddress>[1]['address'], role: 'primary' | 'recovery'): Change =>
  async (tx, { userId }: Account) => {
    const added = await addAddress(tx, {
      userId,
      role,
      address,
      confirmedAt: NOW,
      origin: newOrigin(),
      now: NOW,
    })
    if (!added.ok) throw new Error(added.refusal)
  }

describe('a right code changes nothing when a restriction begins meanwhile:', () => {
  it.each([
    'authorise_recovery',
    'confirm_recovery',
    'remove_recovery',
    'confirm_phone',
    'confirm_email',
    'confirm_replacement',
    'verify_email',
  ] as const)('%s', async (purpose) => {
    const { account, work }: Begun = await CODE_FLOWS[purpose]()
    await expectUnchanged(account, restrictFrom(NOW), work, RESTRICTED)
  })
})

const [wantedEmail, wantedPhone, takenPhone] = [newEmail(), newPhone(), newPhone()]

const CASES: Case[] = [
  {
    by: 'confirm_recovery after its address was removed',
    begin: CODE_FLOWS.confirm_recovery,
    change: removeFrom('recovery_email'),
    refusal: 'nothing_to_confirm',
  },
  {
    by: 'confirm_recovery after its address was confirmed elsewhere',
    begin: CODE_FLOWS.confirm_recovery,
    change: setAddresses('recovery', { confirmedAt: NOW, lastVerifiedAt: NOW }),
    refusal: 'nothing_to_confirm',
  },
  {
    by: 'authorise_recovery after its address became a primary',
    begin: () => toAdd(wantedEmail),
    change: async (tx, account) => {
      await removeFrom('primary_email')(tx, account)
      await hold(wantedEmail, 'primary')(tx, account)
    },
    refusal: 'same_as_primary',
  },
  {
    by: 'authorise_recovery after another address was confirmed',
    begin: () => toAdd(),
    change: hold(newEmail(), 'recovery'),
    refusal: 'already_held',
  },
  {
    by: 'remove_recovery after its address was removed',
    begin: CODE_FLOWS.remove_recovery,
    change: removeFrom('recovery_email'),
    refusal: 'nothing_to_remove',
  },
  {
    by: 'reverify_recovery after its address was removed',
    begin: CODE_FLOWS.reverify_recovery,
    change: removeFrom('recovery_email'),
    refusal: 'nothing_to_reverify',
  },
  {
    by: 'verify_email after its address was removed',
    begin: CODE_FLOWS.verify_email,
    change: removeFrom('primary_email'),
    refusal: 'nothing_to_confirm',
  },
  {
    by: 'verify_email after its address was confirmed elsewhere',
    begin: CODE_FLOWS.verify_email,
    change: setAddresses('primary', { confirmedAt: NOW, lastVerifiedAt: NOW }),
    refusal: 'nothing_to_confirm',
  },
  {
    by: 'confirm_phone after the old number was removed',
    begin: CODE_FLOWS.confirm_phone,
    change: removeFrom('primary_phone'),
    refusal: 'challenge_gone',
  },
  {
    by: 'confirm_phone after its authorisation was closed',
    begin: CODE_FLOWS.confirm_phone,
    change: (tx, { userId }) =>
      tx.challenge.updateMany({
        where: { userId, purpose: 'change_phone' },
        data: { closedAt: NOW },
      }),
    refusal: 'challenge_gone',
  },
  {
    by: 'confirm_phone after another account took the number',
    begin: async () => toComplete(await makeAccount(), { address: takenPhone }),
    change: () => makeAccount({ phone: takenPhone }),
    refusal: 'taken',
  },
  {
    by: 'confirm_phone after the number became the recovery address',
    begin: async () => toComplete(await makeAccount(), { address: wantedPhone }),
    change: hold(wantedPhone, 'recovery'),
    refusal: 'own_recovery',
  },
  {
    by: 'confirm_replacement after the old address was removed',
    begin: CODE_FLOWS.confirm_replacement,
    change: removeFrom('recovery_email'),
    refusal: 'challenge_gone',
  },
  {
    by: 'lift_restriction after its address was removed',
    begin: CODE_FLOWS.lift_restriction,
    change: removeFrom('recovery_email'),
    refusal: 'lifter_gone',
  },
  {
    by: 'lift_restriction after the restriction was lifted',
    begin: CODE_FLOWS.lift_restriction,
    change: (tx, { userId }) =>
      tx.user.update({ where: { id: userId }, data: { restrictedUntil: null } }),
    refusal: 'lifter_gone',
  },
]

describe('a right code changes nothing:', () => {
  it.each(CASES)('$by', async ({ begin, change, refusal }) => {
    const { account, work } = await begin()
    await expectUnchanged(account, change, work, refuse(refusal))
  })
})
