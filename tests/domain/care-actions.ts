import { randomUUID } from 'node:crypto'
import type { AnyAddress } from '@/lib/addresses'
import { listAddresses } from '@/lib/addresses'
import { db } from '@/lib/platform/db'
import type { SlotName } from '@/lib/recovery'
import {
  type ActionDetail,
  checkWord,
  describeChange,
  lookUp,
  type StaffMember,
  sendWord,
} from '@/lib/support'
import type { CaseActionType, StaffEventType, StaffRole } from '@/prisma/client/enums'
import { type Account, expectDone, NOW } from '../support/accounts'
import { approveSigned, requestSigned } from '../support/care-acts'
import { messagesTo } from '../support/outbox'
import { SEEN } from './freeze-actions'

export const REASON = 'Penelepon tidak bisa masuk'
export const TICKET = 'T-4711'

let staffCount = 0

/** Somebody who works in the care console. */
export async function makeStaff(role: StaffRole = 'agent'): Promise<StaffMember> {
  const staff = { id: randomUUID(), name: `Petugas ${++staffCount}`, role }
  await db().staff.create({
    data: { ...staff, createdAt: NOW, enrolledAt: NOW, confirmedAt: NOW },
  })
  return { staffId: staff.id, name: staff.name, role }
}

/** Looks an account up by whatever was typed. */
export const find = (staff: StaffMember, query: string, now = NOW) =>
  lookUp(staff, { query, reason: REASON }, now)

/** The rows in the log of staff about look-ups of somebody that found nothing. */
export const failedLookUps = (staffId: string) =>
  db().staffEvent.findMany({ where: { staffId, type: 'look_up_failed' } })

/** Looks an account up by its number, and returns the number of its case. */
export const openCase = async (staff: StaffMember, account: Account, now = SEEN) =>
  (await expectDone(lookUp(staff, { query: account.phone.value, reason: REASON }, now))).number

export const caseOf = (number: string) => db().case.findUniqueOrThrow({ where: { number } })

/** The id of the address in a slot of an account. */
export async function addressIn({ userId }: Account, slot: SlotName): Promise<string> {
  const held = await listAddresses(db(), userId)
  const found = held.find(({ role, address }) => `${role}_${address.kind}` === slot)
  if (!found) throw new Error(`no ${slot}`)
  return found.id
}

/** The newest word that was sent to an address. */
export async function newestWord(address: AnyAddress): Promise<string> {
  for (const { content } of await messagesTo(address))
    if (content.kind === 'caller_word') return content.word
  throw new Error('no word was sent to this address')
}

/** Sends a word to an address of a slot, and reads it out. */
export async function prove(
  staff: StaffMember,
  caseNumber: string,
  { account, slot, address }: { account: Account; slot: SlotName; address: AnyAddress },
  now = SEEN,
) {
  const addressId = await addressIn(account, slot)
  await expectDone(sendWord(staff, { caseNumber, addressId }, now))
  await expectDone(checkWord(staff, { caseNumber, typed: await newestWord(address) }, now))
}

export const request = (
  staff: StaffMember,
  caseNumber: string,
  type: CaseActionType,
  detail: ActionDetail = {},
  now = SEEN,
) => requestSigned(staff, { caseNumber, type, detail, reason: REASON, ticket: TICKET }, now)

/** Asks for an action, and returns its id. */
export const asked = async (...given: Parameters<typeof request>) =>
  (await expectDone(request(...given))).actionId

/** What the approver sees names the change. */
export const hashOf = async (staff: StaffMember, actionId: string, now = SEEN) =>
  (await expectDone(describeChange(staff, actionId, now))).changeHash

/** Approves what the approver sees. */
export async function approve(staff: StaffMember, actionId: string, now = SEEN) {
  const changeHash = await hashOf(staff, actionId, now)
  return approveSigned(staff, { actionId, changeHash }, now)
}

export const actionOf = (id: string) => db().caseAction.findUniqueOrThrow({ where: { id } })

/** The types of the rows in the log of staff about an account, in their order. */
export async function logOfStaff({ userId }: Account): Promise<StaffEventType[]> {
  const rows = await db().staffEvent.findMany({ where: { userId }, orderBy: { position: 'asc' } })
  return rows.map(({ type }) => type)
}
