import type { AnyAddress } from '@/lib/addresses'
import { newPhone } from '../support/accounts'
import { messagesTo } from '../support/outbox'
import { approve, asked, makeStaff, openCase } from './care-actions'
import { makeGuarded, replaceSlot, slotsOf, stop } from './freeze-actions'

/** A frozen account whose number a thief has changed, an agent with its case, and an approver. */
export async function robbed() {
  const [agent, approver] = [await makeStaff(), await makeStaff('approver')]
  const account = await makeGuarded()
  const before = await slotsOf(account)
  const stolen = newPhone()
  await replaceSlot(account, 'primary_phone', stolen)
  await stop(account)
  const number = await openCase(agent, { ...account, phone: stolen })
  return { agent, approver, account, before, stolen, number }
}

/** An unfreeze that undoes the theft, approved without a proof of the caller, and announced. */
export async function announced() {
  const made = await robbed()
  const actionId = await asked(made.agent, made.number, 'unfreeze', { undo: ['primary_phone'] })
  return { ...made, actionId, outcome: await approve(made.approver, actionId) }
}

/** The token of the newest link that vetoes, sent to an address. */
export async function newestVeto(address: AnyAddress): Promise<string> {
  for (const { content } of await messagesTo(address))
    if (content.kind === 'notice' && content.vetoLink) return content.vetoLink
  throw new Error('no link that vetoes was sent to this address')
}
