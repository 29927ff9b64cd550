import { confirmPrimaryEmail, requestEmailConfirmation } from '@/lib/contacts'
import {
  type Account,
  addRecovery,
  callerOf,
  expectDone,
  type makeAccount,
  newEmail,
} from '../support/accounts'
import { newestCode } from '../support/outbox'

/** Confirms the e-mail of an account with a code, as its customer does in the profile. */
export async function prove(account: Account) {
  await expectDone(requestEmailConfirmation(callerOf(account)))
  return confirmPrimaryEmail(callerOf(account), await newestCode(account.email))
}

/** An account that holds an e-mail unconfirmed, and a recovery address. */
export async function makeHolder(make: typeof makeAccount) {
  const [account, recovery] = [await make(), newEmail()]
  await addRecovery(account, recovery)
  return { ...account, recovery }
}
