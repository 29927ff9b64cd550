import { randomUUID } from 'node:crypto'
import { hashSecret, newLinkToken, newSecret } from '@/lib/platform/crypto'
import type { StaffRole } from '@/prisma/client/enums'
import { type Client, newClient, newIp } from './client'
import { connect, query } from './product-database'
import { productNow } from './running'

const HOUR_MS = 60 * 60_000

/** Inserts somebody on staff of the running product, without a passkey and without an event. */
export async function insertStaff(role: StaffRole, name = `Staf ${role}`): Promise<string> {
  connect()
  const [id, now] = [randomUUID(), productNow()]
  await query(
    `insert into "Staff" (id, name, role, "createdAt", "enrolledAt", "confirmedAt") values ($1, $2, $3, $4, $4, $4)`,
    [id, name, role, now],
  )
  return id
}

/**
 * Inserts somebody who is invited, by `invitedById` or else by the command line. Returns the token.
 */
export async function insertInvited(
  role: StaffRole,
  { name = `Undangan ${role}`, invitedById }: { name?: string; invitedById?: string } = {},
): Promise<{ staffId: string; token: string }> {
  connect()
  const [staffId, token, now] = [randomUUID(), newLinkToken(), productNow()]
  const end = new Date(now.getTime() + 24 * HOUR_MS)
  const confirmedAt = invitedById ? null : now
  await query(
    `insert into "Staff" (id, name, role, "invitedById", "inviteHash", "inviteExpiresAt", "createdAt", "confirmedAt")
      values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [staffId, name, role, invitedById ?? null, hashSecret(token), end, now, confirmedAt],
  )
  return { staffId, token }
}

/** Inserts a session of staff. Returns the secret for the cookie `care-session`. */
export async function insertStaffSession(staffId: string): Promise<string> {
  const [secret, now] = [newSecret(), productNow()]
  const end = new Date(now.getTime() + 12 * HOUR_MS)
  await query(
    `insert into "StaffSession" (id, "staffId", ip, "userAgent", "createdAt", "lastSeenAt", "expiresAt")
      values ($1, $2, $3, 'Test Browser', $4, $4, $5)`,
    [hashSecret(secret), staffId, newIp(), now, end],
  )
  return secret
}

/** A client without JavaScript in which somebody of this role is signed in to the console. */
export async function staffClient(role: StaffRole, name?: string): Promise<Client> {
  const client = newClient()
  client.cookies.set('care-session', await insertStaffSession(await insertStaff(role, name)))
  return client
}
