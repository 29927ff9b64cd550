import { expect } from 'vitest'
import type { Result } from '@/lib/platform/result'
import { describeChange, lookUp, readCase, type StaffMember, sendWord } from '@/lib/support'
import type { CaseActionType, StaffRole } from '@/prisma/client/enums'
import { formsOf } from '../../http/database'
import { approveSigned, requestSigned } from '../../support/care-acts'
import { nextMessage } from '../../support/customers'
import { inbox, productNow } from '../../support/running'
import { insertStaff } from '../../support/staff-fixtures'
import type { Owner } from '../owner'
import type { Report } from '../report'

const REASON = 'Penelepon tidak bisa masuk'

/** Somebody who works in the care console of the running product. */
export async function hire(role: StaffRole): Promise<StaffMember> {
  return { staffId: await insertStaff(role), name: `Staf ${role}`, role }
}

export const refusalOf = (outcome: Result<unknown, string>) =>
  outcome.ok ? 'done' : outcome.refusal

export function accepted<Value>(outcome: Result<Value, string>): Value {
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal}`)
  return outcome.value
}

export const look = (staff: StaffMember, query: string) =>
  lookUp(staff, { query, reason: REASON }, productNow())

/** Opens the case of an account by its primary e-mail, and reads it: masks only. */
export async function openCase(report: Report, staff: StaffMember, owner: Owner) {
  const { number } = accepted(await look(staff, owner.at['primary e-mail']))
  const view = accepted(await readCase(staff, number, productNow()))
  const shown = JSON.stringify(view)
  const found = Object.values(owner.at)
    .flatMap((address) => formsOf(address))
    .filter((form) => shown.includes(form))
  report.expectStopped(
    'read a full address',
    found.length === 0 ? 'not there' : 'there',
    'not there',
  )
  return { number, view }
}

export const ask = (staff: StaffMember, caseNumber: string, type: CaseActionType) =>
  requestSigned(
    staff,
    { caseNumber, type, detail: {}, reason: REASON, ticket: 'T-1' },
    productNow(),
  )

/** Approves what the page of the action shows to an approver. */
export async function approve(shownTo: StaffMember, by: StaffMember, actionId: string) {
  const { changeHash } = accepted(await describeChange(shownTo, actionId, productNow()))
  return approveSigned(by, { actionId, changeHash }, productNow())
}

/** The word in the newest message of customer care to an address. */
export async function wordAt(address: string): Promise<string> {
  const { text } = await nextMessage(address, 'caller_word')
  const word = text.match(/\b[B-Z]{4} ?[B-Z]{4}\b/)?.[0]
  expect(word, 'the word in the message').toBeDefined()
  return word ?? ''
}

/** The path of the link that vetoes, in the notice of an unfreeze that waits. */
export async function vetoPathAt(address: string): Promise<string> {
  const received = await inbox(address)
  const text = received.find(({ kind }) => kind === 'notice.unfreeze_announced')?.text ?? ''
  return text.match(/\/veto\/[\w-]+/)?.[0] ?? ''
}

/** Sends a word to the recovery number. Returns the number of the case. */
export async function sendWordTo(owner: Owner, staff: StaffMember): Promise<string> {
  const { number: caseNumber } = accepted(await look(staff, owner.at['primary e-mail']))
  const { ways } = accepted(await readCase(staff, caseNumber, productNow()))
  const addressId = ways.find(({ slot }) => slot === 'recovery_phone')?.addressId ?? ''
  accepted(await sendWord(staff, { caseNumber, addressId }, productNow()))
  return caseNumber
}
