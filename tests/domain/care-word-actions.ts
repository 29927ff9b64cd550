import { db } from '@/lib/platform/db'
import type { SlotName } from '@/lib/recovery'
import { checkWord, sendWord } from '@/lib/support'
import { type Account, NOW } from '../support/accounts'
import { addressIn, makeStaff, openCase } from './care-actions'
import { makeGuarded } from './freeze-actions'

export async function begin() {
  const [staff, account] = [await makeStaff(), await makeGuarded()]
  return { staff, account, caseNumber: await openCase(staff, account, NOW) }
}

type Begun = { staff: Awaited<ReturnType<typeof makeStaff>>; account: Account; caseNumber: string }

export const send = async ({ staff, account, caseNumber }: Begun, slot: SlotName, now = NOW) =>
  sendWord(staff, { caseNumber, addressId: await addressIn(account, slot) }, now)

export const check = ({ staff, caseNumber }: Begun, typed: string, now = NOW) =>
  checkWord(staff, { caseNumber, typed }, now)

export const wordRows = ({ userId }: Account) =>
  db().callerWord.findMany({ where: { userId }, orderBy: { expiresAt: 'asc' } })

/** What the answers to words were, as the log of staff has them. */
export async function answersIn({ userId }: Account) {
  const rows = await db().staffEvent.findMany({
    where: { userId, type: 'word_checked' },
    orderBy: { position: 'asc' },
  })
  return rows.map(({ detail }) => detail)
}
