import type { Tx } from '@/lib/platform/db'
import { runIn, statement } from '@/lib/platform/statement'
import type { Staff } from '@/prisma/client/client'

/** Somebody on staff whose row the transaction has locked. */
export type LockedStaff = Pick<
  Staff,
  'id' | 'name' | 'role' | 'enrolledAt' | 'confirmedAt' | 'disabledAt'
>

const LOCK = statement<LockedStaff>(
  'lock_staff',
  `select id, name, role, "enrolledAt", "confirmedAt", "disabledAt" from "Staff"
  where id = any($1::uuid[]) order by id for no key update`,
)

/**
 * Locks the rows of several people in the order of their ids, so that two transactions which lock
 * the same ones do not deadlock. Whoever changes staff locks everybody concerned by one call.
 * Returns those who exist.
 */
export const lockStaff = (tx: Tx, staffIds: readonly string[]): Promise<LockedStaff[]> =>
  runIn(tx, LOCK, [[...staffIds]])

/** Whether somebody may work: enrolled, confirmed and not disabled. */
export const isActive = ({
  enrolledAt,
  confirmedAt,
  disabledAt,
}: Pick<Staff, 'enrolledAt' | 'confirmedAt' | 'disabledAt'>): boolean =>
  enrolledAt !== null && confirmedAt !== null && disabledAt === null
