import {
  authoriseRecoveryAddress,
  confirmPrimaryEmail,
  confirmRecoveryAddress,
  removeRecoveryAddress,
  requestEmailConfirmation,
  requestRecoveryAddress,
  requestRemoval,
} from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import type { Result } from '@/lib/platform/result'
import { liftRestriction, passReset, requestLift } from '@/lib/recovery'
import {
  type Account,
  callerOf,
  DAY,
  expectDone,
  later,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
  newOrigin,
  newPhone,
  saveRecovery,
} from '../support/accounts'
import { newestCode } from '../support/outbox'
import { authorise, codeToNewAddress, complete, request, type Wanted } from './change-actions'
import { requestCheck, reverify } from './health-actions'
import { start } from './reset-actions'

/** A flow of an account that lacks only `work`, which enters a right code. */
export type Begun = { account: Account; work: () => Promise<Result<unknown, string>> }

/** A change that waits for the code that authorises it. */
async function toAuthorise(account: Account, wanted: Wanted): Promise<Begun> {
  await expectDone(request(account, wanted))
  const code = await newestCode(account.phone)
  return { account, work: () => authorise(account, wanted, code) }
}

/** A change that waits for the code to the new address. */
export async function toComplete(account: Account, wanted: Wanted): Promise<Begun> {
  const code = await codeToNewAddress(account, wanted)
  return { account, work: () => complete(account, wanted, code) }
}

/** An addition of a recovery address that waits for the code to the primary phone. */
export async function toAdd(address = newEmail()): Promise<Begun> {
  const account = await makeAccount()
  await expectDone(requestRecoveryAddress(callerOf(account), address))
  const code = await newestCode(account.phone)
  return { account, work: () => authoriseRecoveryAddress(callerOf(account), code) }
}

const newReplacement = (): Wanted => ({ address: newEmail(), role: 'recovery' })

/** A flow of each purpose that waits for its code. */
export const CODE_FLOWS = {
  authorise_recovery: () => toAdd(),
  confirm_recovery: async () => {
    const [account, address] = [await makeAccount(), newEmail()]
    await saveRecovery(account, address)
    const code = await newestCode(address)
    return { account, work: () => confirmRecoveryAddress(callerOf(account), code) }
  },
  remove_recovery: async () => {
    const account = await makeRecoverable()
    await expectDone(requestRemoval(callerOf(account), 'email'))
    const code = await newestCode(account.phone)
    return { account, work: () => removeRecoveryAddress(callerOf(account), code) }
  },
  change_phone: async () => toAuthorise(await makeAccount(), { address: newPhone() }),
  change_email: async () => toAuthorise(await makeAccount(), { address: newEmail() }),
  replace_recovery: async () => toAuthorise(await makeRecoverable(), newReplacement()),
  confirm_phone: async () => toComplete(await makeAccount(), { address: newPhone() }),
  confirm_email: async () => toComplete(await makeAccount(), { address: newEmail() }),
  confirm_replacement: async () => toComplete(await makeRecoverable(), newReplacement()),
  verify_email: async () => {
    const account = await makeAccount()
    await expectDone(requestEmailConfirmation(callerOf(account)))
    const code = await newestCode(account.email)
    return { account, work: () => confirmPrimaryEmail(callerOf(account), code) }
  },
  reverify_recovery: async () => {
    const account = await makeRecoverable()
    await expectDone(requestCheck(account, account.recovery))
    const code = await newestCode(account.recovery)
    return { account, work: () => reverify(account, code) }
  },
  lift_restriction: async () => {
    const account = await makeLiftable()
    await expectDone(requestLift(callerOf(account), account.lifterId))
    const code = await newestCode(account.recovery)
    return { account, work: () => liftRestriction(callerOf(account), code) }
  },
  reset_password: async () => {
    const account = await makeAccount()
    const { secret } = await expectDone(start(account.email, 'primary_phone'))
    const code = await newestCode(account.phone)
    return { account, work: () => passReset(secret, code, newOrigin(), NOW) }
  },
} as const satisfies Record<string, () => Promise<Begun>>

/** A restricted account whose recovery address can lift the restriction. */
export async function makeLiftable() {
  const account = await makeRecoverable()
  const { userId } = account
  await db().user.update({ where: { id: userId }, data: { restrictedUntil: later(DAY) } })
  const { id: lifterId } = await db().address.findFirstOrThrow({
    where: { userId, role: 'recovery' },
  })
  return { ...account, lifterId }
}
