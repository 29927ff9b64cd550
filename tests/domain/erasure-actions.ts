import { cancelErasure, confirmErasure, requestErasure } from '@/lib/personal-data'
import { type Account, callerOf, expectDone, NOW, PASSWORD } from '../support/accounts'
import { newestCode } from '../support/outbox'

type Proof = 'primary_phone' | 'recovery'

export const ask = (
  account: Account,
  now = NOW,
  { proof = 'primary_phone', password = PASSWORD }: { proof?: Proof; password?: string } = {},
) => requestErasure(callerOf(account, now), { password, proof })

export const confirm = (account: Account, code: string, now = NOW) =>
  confirmErasure(callerOf(account, now), code)

export const keep = (account: Account, now = NOW) => cancelErasure(callerOf(account, now))

/** Asks for the erasure, and enters the code. */
export async function leave(account: Account, now = NOW) {
  await expectDone(ask(account, now))
  return confirm(account, await newestCode(account.phone), now)
}
