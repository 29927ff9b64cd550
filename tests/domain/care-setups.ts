import { db } from '@/lib/platform/db'
import { newEmail, newPhone } from '../support/accounts'
import { makeStaff, openCase } from './care-actions'
import { makeGuarded, replaceSlot, SEEN, slotsOf, stop } from './freeze-actions'

/** An account whose owner was locked out by strangers, an agent with its case, and two approvers. */
export async function lockedOut() {
  const [agent, approver, other] = [
    await makeStaff(),
    await makeStaff('approver'),
    await makeStaff('approver'),
  ]
  const account = await makeGuarded()
  const row = { account: account.userId, scope: 'unknown', failures: 60, updatedAt: SEEN }
  await db().failureCount.createMany({
    data: ['primary_phone', 'recovery'].map((path) => ({ ...row, path })),
  })
  return { agent, approver, other, account, number: await openCase(agent, account) }
}

/** A frozen account of which a thief has changed two addresses. */
export async function robbedAndFrozen() {
  const [agent, approver] = [await makeStaff(), await makeStaff('approver')]
  const account = await makeGuarded()
  const before = await slotsOf(account)
  const stolen = newPhone()
  await replaceSlot(account, 'primary_phone', stolen)
  await replaceSlot(account, 'recovery_email', newEmail())
  await stop(account)
  const number = await openCase(agent, { ...account, phone: stolen })
  return { agent, approver, account, before, stolen, number }
}
