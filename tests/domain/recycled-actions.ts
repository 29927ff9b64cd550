import { recordRecycled } from '@/lib/contacts/check-number'
import { db } from '@/lib/platform/db'
import { type Account, NOW } from '../support/accounts'

export const rowOf = ({ userId }: Account, role: 'primary' | 'recovery') =>
  db().address.findFirstOrThrow({ where: { userId, role, kind: 'phone', removedAt: null } })

/** Records that somebody else has a number of an account, as the worker does. */
export async function recycle(
  account: Account,
  role: 'primary' | 'recovery' = 'primary',
  now = NOW,
) {
  const { id, userId, lastVerifiedAt } = await rowOf(account, role)
  return recordRecycled({ id, userId, verifiedAt: lastVerifiedAt ?? NOW }, now)
}
