import { randomUUID } from 'node:crypto'
import { lockHashes, type Tx, transaction } from '@/lib/platform/db'
import { done, type Result, refuse } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'
import { recordStaffEvent } from '@/lib/staff-log'
import { newInvitation } from './invitation'
import { lockStaff } from './lock'

/** So many administrators can invite, and confirm whom the other one invites. */
const ENOUGH = 2

/**
 * Invites one of the first two administrators, who are confirmed at once: nobody could confirm
 * them. The same name again, before its passkey is enrolled, gets another link in place of the one
 * before. Returns the token, which is valid for 24 hours. Refused: `enough_administrators` when two
 * are enabled, whose invitations were used or are still valid.
 */
export async function inviteFirstAdministrator({
  name,
  now,
}: {
  name: string
  now: Date
}): Promise<Result<{ staffId: string; token: string }, 'enough_administrators'>> {
  return transaction(async (tx) => {
    await lockHashes(tx, [FIRST])
    const { token, stored } = newInvitation(now)
    const again = await findUnused(tx, name)
    if (await hasEnough(tx, again, now)) return refuse('enough_administrators')
    const staffId = again ?? randomUUID()
    const first = { name, role: 'administrator', createdAt: now, confirmedAt: now } as const
    if (again) await tx.staff.update({ where: { id: again }, data: stored })
    else await tx.staff.create({ data: { id: staffId, ...first, ...stored } })
    const detail = { person: staffId, name, role: first.role }
    await recordStaffEvent(tx, { type: 'invited', staffId: null, detail, now })
    if (!again) logSecurity('user_created', { userId: null, staffId, subject: 'staff' })
    return done({ staffId, token })
  })
}

/** Two commands at the same time invite one after the other. */
const FIRST = 'staff.first_administrators'

/** A first administrator of this name who has not enrolled, and cannot before the commit. */
async function findUnused(tx: Tx, name: string): Promise<string | undefined> {
  const unused = { name, invitedById: null, enrolledAt: null, disabledAt: null }
  const found = await tx.staff.findFirst({ where: unused })
  const [locked] = found ? await lockStaff(tx, [found.id]) : []
  return locked?.enrolledAt === null && locked.disabledAt === null ? locked.id : undefined
}

async function hasEnough(tx: Tx, besides: string | undefined, now: Date) {
  const others = await tx.staff.count({
    where: {
      role: 'administrator',
      confirmedAt: { not: null },
      disabledAt: null,
      OR: [{ enrolledAt: { not: null } }, { inviteExpiresAt: { gt: now } }],
      ...(besides && { id: { not: besides } }),
    },
  })
  return others >= ENOUGH
}
