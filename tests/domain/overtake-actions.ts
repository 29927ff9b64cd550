import { expect } from 'vitest'
import { listAddresses, removeAddress } from '@/lib/addresses'
import { closeChallenges } from '@/lib/challenges'
import { db, lockUser, type Tx, transaction } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import { type Account, DAY, later, NOW } from '../support/accounts'
import { untilWaits } from '../support/gate'

/** A change of an account while a flow of it waits for the lock. */
export type Change = (tx: Tx, account: Account) => Promise<unknown>

/** Freezes without closing challenges: the lock itself must stop the flow. */
export const freezeOnly: Change = (tx, { userId }) =>
  tx.user.update({ where: { id: userId }, data: { frozenAt: NOW } })

export const restrictFrom =
  (now: Date): Change =>
  (tx, { userId }) =>
    tx.user.update({ where: { id: userId }, data: { restrictedUntil: later(DAY, now) } })

export const RESTRICTED = refuse('account_restricted', DAY)

export const replacePasswordOnly: Change = (tx, { userId }) =>
  tx.user.update({ where: { id: userId }, data: { passwordVersion: { increment: 1 } } })

export const closeAll: Change = (tx, { userId }) => closeChallenges(tx, { userId }, NOW)

/** Removes the address in a slot. */
export const removeFrom =
  (slot: string): Change =>
  async (tx, { userId }) => {
    const held = await listAddresses(tx, userId)
    const present = held.find(({ role, address }) => `${role}_${address.kind}` === slot)
    if (!present || !(await removeAddress(tx, present.id, NOW))) throw new Error(`${slot} is empty`)
  }

/** Sets columns of the addresses of a role. */
export const setAddresses =
  (role: 'primary' | 'recovery', data: { confirmedAt?: Date; lastVerifiedAt?: Date }): Change =>
  (tx, { userId }) =>
    tx.address.updateMany({ where: { userId, role, removedAt: null }, data })

/** What a refused flow must leave as it is. Spending a challenge is allowed, a new one is not. */
async function tracesOf(tx: Tx, userId: string) {
  const where = { userId }
  return {
    user: await tx.user.findUniqueOrThrow({ where: { id: userId } }),
    addresses: await tx.address.findMany({ where, orderBy: { id: 'asc' } }),
    challenges: await tx.challenge.count(),
    sessions: await tx.session.findMany({ where, orderBy: { id: 'asc' } }),
    events: await tx.securityEvent.count({ where }),
    points: await tx.pointsEntry.count({ where }),
    messages: await tx.message.count(),
  }
}

/**
 * Runs `work` until it waits for the lock of the account, commits `change`, and lets it continue.
 * Returns its outcome, and the traces before and after it continued.
 */
export async function overtake<Value>(
  account: Account,
  change: Change,
  work: () => Promise<Value>,
) {
  const { working, before } = await transaction(async (tx) => {
    await lockUser(tx, account.userId)
    const started = work()
    await untilWaits('')
    await change(tx, account)
    return { working: started, before: await tracesOf(tx, account.userId) }
  })
  const outcome = await working
  return { outcome, before, after: await tracesOf(db(), account.userId) }
}

/** Asserts what a flow returns that `change` overtakes, and that it writes and sends nothing. */
export async function expectUnchanged<Value>(
  account: Account,
  change: Change,
  work: () => Promise<Value>,
  outcome: Value | ReturnType<typeof refuse>,
) {
  const overtaken = await overtake(account, change, work)
  expect(overtaken.outcome).toEqual(outcome)
  expect(overtaken.after).toEqual(overtaken.before)
}
