import type { StaffRole } from '@/prisma/client/enums'

/** Who acts in the care console, as the session of staff says. */
export type StaffMember = { staffId: string; name: string; role: StaffRole }

/** Somebody with a live session in this browser. */
export type SignedInStaff = StaffMember & { sessionId: string }
