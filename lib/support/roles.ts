import { type Refused, refuse } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'
import type { StaffRole } from '@/prisma/client/enums'
import type { StaffMember } from './staff'

/** Who finds accounts, proves callers and asks for actions. Administrators and auditors see no account. */
const HANDLES: readonly StaffRole[] = ['agent', 'approver']

/** Refused: `not_permitted` to staff who see no account. */
export const refuseUnlessHandler = (staff: StaffMember) => refuseUnless(HANDLES, staff)

/** Refused: `not_permitted` to staff who approve nothing. */
export const refuseUnlessApprover = (staff: StaffMember) => refuseUnless(['approver'], staff)

function refuseUnless(
  roles: readonly StaffRole[],
  { staffId, role }: StaffMember,
): Refused<'not_permitted'> | undefined {
  if (roles.includes(role)) return undefined
  logSecurity('authz_fail', { userId: null, subject: 'care', reason: role, identifier: staffId })
  return refuse('not_permitted')
}
