import { careOrigin } from '@/lib/platform/care-origin'
import { CARE_PATH } from '@/lib/platform/care-paths'
import { hashSecret, newLinkToken } from '@/lib/platform/crypto'
import { db } from '@/lib/platform/db'
import type { StaffRole } from '@/prisma/client/enums'

const LIFETIME_MS = 24 * 60 * 60 * 1_000

/** Whom an invitation is for. */
export type Invited = { staffId: string; name: string; role: StaffRole }

/** The token of a new invitation, and what is stored of it. */
export function newInvitation(now: Date) {
  const token = newLinkToken()
  const inviteExpiresAt = new Date(now.getTime() + LIFETIME_MS)
  return { token, stored: { inviteHash: hashSecret(token), inviteExpiresAt } }
}

/**
 * Whom a token invites; null when it is unknown, used or older than 24 hours. Reading changes
 * nothing.
 */
export async function findInvitation(token: string, now: Date): Promise<Invited | null> {
  const person = await db().staff.findUnique({
    where: {
      inviteHash: hashSecret(token),
      inviteExpiresAt: { gt: now },
      enrolledAt: null,
      disabledAt: null,
    },
    select: { id: true, name: true, role: true },
  })
  return person && { staffId: person.id, name: person.name, role: person.role }
}

/** The link of an invitation; undefined while the console is not served. */
export function invitationLink(token: string): string | undefined {
  const origin = careOrigin()?.origin
  return origin && `${origin}${CARE_PATH}/invitation/${token}`
}
