import type { StaffRole } from '@/prisma/client/enums'

/** Who finds accounts and handles cases. Administrators and auditors see no account. */
export const HANDLERS = ['agent', 'approver'] as const satisfies StaffRole[]
