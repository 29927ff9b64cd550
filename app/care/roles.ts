import type { StaffRole } from '@/prisma/client/enums'

/** Every role of staff, in the order in which forms offer them. */
export const EVERY_ROLE = [
  'agent',
  'approver',
  'administrator',
  'auditor',
] as const satisfies StaffRole[]
