import type { Account } from '../support/accounts'
import { holdUser } from '../support/gate'
import { eventsOf } from './freeze-actions'

export const timesIn = async (account: Account, type: string) =>
  (await eventsOf(account)).filter((one) => one === type).length

/** Runs each of these until it waits for the lock of the account, in this order, and then all. */
export async function inOrder(account: Account, works: readonly (() => Promise<unknown>)[]) {
  const gate = await holdUser(account.userId)
  const working = []
  for (const [nth, work] of works.entries()) {
    working.push(work())
    await gate.crowd(nth + 1)
  }
  await gate.open()
  return Promise.all(working)
}
