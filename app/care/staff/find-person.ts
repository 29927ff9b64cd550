import 'server-only'
import { listStaff, type StaffEntry } from '@/lib/support'

/** Somebody on staff by the id in a path. */
export async function findPerson(staffId: string): Promise<StaffEntry | undefined> {
  return (await listStaff(new Date())).find((person) => person.staffId === staffId)
}
