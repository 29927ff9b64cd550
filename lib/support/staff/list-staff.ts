import { db } from '@/lib/platform/db'
import type { Staff } from '@/prisma/client/client'
import type { StaffRole } from '@/prisma/client/enums'
import { isActive } from './lock'

/**
 * `invited`: the link was not used yet. `expired`: nor will it be. `enrolled`: waits for another
 * administrator.
 */
export type StaffState = 'invited' | 'expired' | 'enrolled' | 'active' | 'disabled'

/** Somebody on staff, for an administrator. */
export type StaffEntry = {
  staffId: string
  name: string
  role: StaffRole
  state: StaffState
  createdAt: Date
  invitedById: string | null
  /** The name of who invited; null for the command line. */
  invitedBy: string | null
}

/** Everybody on staff, in the order in which they were invited. */
export async function listStaff(now: Date): Promise<StaffEntry[]> {
  const people = await db().staff.findMany({
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    include: { invitedBy: { select: { name: true } } },
  })
  return people.map((person) => ({
    staffId: person.id,
    name: person.name,
    role: person.role,
    state: stateOf(person, now),
    createdAt: person.createdAt,
    invitedById: person.invitedById,
    invitedBy: person.invitedBy?.name ?? null,
  }))
}

function stateOf(person: Staff, now: Date): StaffState {
  if (person.disabledAt) return 'disabled'
  if (isActive(person)) return 'active'
  if (person.enrolledAt) return 'enrolled'
  return person.inviteExpiresAt && person.inviteExpiresAt > now ? 'invited' : 'expired'
}
