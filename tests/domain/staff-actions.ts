import { db, transactionUnlessRefused } from '@/lib/platform/db'
import { confirmStaff, disableStaff, listStaff, type StaffMember } from '@/lib/support'
import { NOW } from '../support/accounts'
import type { StaffPerson } from '../support/staff'

/** Where somebody stands in the list of staff; undefined for nobody. */
export const stateOf = async (staffId: string, now = NOW) =>
  (await listStaff(now)).find((person) => person.staffId === staffId)?.state

export const confirm = (by: StaffMember, staffId: string) =>
  transactionUnlessRefused((tx) => confirmStaff(tx, { by, staffId, now: NOW }))

export const disable = (by: StaffMember | null, staffId: string) =>
  transactionUnlessRefused((tx) => disableStaff(tx, { by, staffId, now: NOW }))

export const memberOf = async ({ staffId }: StaffPerson): Promise<StaffMember> => {
  const { name, role } = await db().staff.findUniqueOrThrow({ where: { id: staffId } })
  return { staffId, name, role }
}
