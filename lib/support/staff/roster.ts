import { randomUUID } from 'node:crypto'
import type { Tx } from '@/lib/platform/db'
import { done, type Result, refuse } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'
import { recordStaffEvent } from '@/lib/staff-log'
import type { StaffRole } from '@/prisma/client/enums'
import { newInvitation } from './invitation'
import { isActive, type LockedStaff } from './lock'
import type { StaffMember } from './member'
import { endStaffSessions } from './sessions'

/** Who acts on whom. */
type By = { by: StaffMember; staffId: string; now: Date }

export type ConfirmRefusal = 'not_permitted' | 'own_invitation' | 'not_waiting'
export type DisableRefusal = 'not_permitted' | 'own_staff' | 'last_administrator' | 'not_enabled'

/**
 * Invites somebody, in the transaction of an administrator's act (`completeAct`). Returns the token
 * of the invitation, which is valid for 24 hours and stored as a hash. Nobody can sign in with it
 * before another administrator has confirmed the person. Refused: `not_permitted` unless an
 * administrator invites.
 */
export async function inviteStaff(
  tx: Tx,
  { by, name, role, now }: { by: StaffMember; name: string; role: StaffRole; now: Date },
): Promise<Result<{ staffId: string; token: string }, 'not_permitted'>> {
  if (by.role !== 'administrator') return refuse('not_permitted')
  const staffId = randomUUID()
  const { token, stored } = newInvitation(now)
  const invitedById = by.staffId
  await tx.staff.create({
    data: { id: staffId, name, role, invitedById, createdAt: now, ...stored },
  })
  const detail = { person: staffId, name, role }
  await recordStaffEvent(tx, { type: 'invited', staffId: by.staffId, detail, now })
  logSecurity('user_created', { userId: null, staffId, subject: 'staff' })
  return done({ staffId, token })
}

/**
 * Confirms somebody who has enrolled a passkey, in the transaction of another administrator's act,
 * which holds both rows (`completeAct`, `others`). Refused: `not_permitted` unless an administrator
 * confirms, `own_invitation` for the one who invited, `not_waiting` for somebody who has not
 * enrolled, is confirmed or is disabled.
 */
export async function confirmStaff(
  tx: Tx,
  { by, staffId, now }: By,
): Promise<Result<undefined, ConfirmRefusal>> {
  if (by.role !== 'administrator') return refuse('not_permitted')
  const waiting = { id: staffId, enrolledAt: { not: null }, confirmedAt: null, disabledAt: null }
  const person = await tx.staff.findUnique({ where: waiting })
  if (!person) return refuse('not_waiting')
  if (person.invitedById === by.staffId) return refuse('own_invitation')
  const confirmed = await tx.staff.updateMany({
    where: waiting,
    data: { confirmedAt: now, confirmedById: by.staffId },
  })
  if (confirmed.count === 0) return refuse('not_waiting')
  const detail = { person: staffId, name: person.name, role: person.role }
  await recordStaffEvent(tx, { type: 'confirmed', staffId: by.staffId, detail, now })
  logSecurity('authz_change', { userId: null, staffId, subject: 'staff', change: 'confirmed' })
  return done()
}

/**
 * Disables somebody: the invitation, the passkeys and the sessions end with it, in one transaction
 * with its event. `by`: the administrator, whose transaction holds both rows (`completeAct`,
 * `others`); null for the command line. Refused: `not_permitted` unless an administrator disables,
 * `own_staff` for oneself, `last_administrator`, `not_enabled` for somebody unknown or disabled
 * before.
 */
export async function disableStaff(
  tx: Tx,
  { by, staffId, now }: Omit<By, 'by'> & { by: StaffMember | null },
): Promise<Result<undefined, DisableRefusal>> {
  if (by && by.role !== 'administrator') return refuse('not_permitted')
  if (by?.staffId === staffId) return refuse('own_staff')
  if (!by && (await isLastAdministrator(tx, staffId))) return refuse('last_administrator')
  const disabled = await tx.staff.updateMany({
    where: { id: staffId, disabledAt: null },
    data: { disabledAt: now, inviteHash: null },
  })
  if (disabled.count === 0) return refuse('not_enabled')
  await tx.staffKey.updateMany({
    where: { staffId, revokedAt: null },
    data: { revokedAt: now },
  })
  await endStaffSessions(tx, staffId, now)
  const { name, role } = await tx.staff.findUniqueOrThrow({ where: { id: staffId } })
  const detail = { person: staffId, name, role }
  await recordStaffEvent(tx, { type: 'disabled', staffId: by?.staffId ?? null, detail, now })
  logSecurity('authz_change', { userId: null, staffId, subject: 'staff', change: 'disabled' })
  return done()
}

/**
 * Whether nobody else could manage staff. An administrator who disables another one stays enabled,
 * because both rows are locked. The command line locks those of all administrators, together with
 * the person's.
 */
async function isLastAdministrator(tx: Tx, staffId: string) {
  const locked = await tx.$queryRaw<LockedStaff[]>`
    select id, name, role, "enrolledAt", "confirmedAt", "disabledAt" from "Staff"
    where id = ${staffId}::uuid or role = 'administrator' order by id for no key update`
  const [one, ...others] = locked.filter((each) => each.role === 'administrator' && isActive(each))
  return one?.id === staffId && others.length === 0
}
