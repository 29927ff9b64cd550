import { randomBytes } from 'node:crypto'
import { hashSecret, newSecret } from '@/lib/platform/crypto'
import { db, type Tx } from '@/lib/platform/db'
import { type Refused, refuse } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'
import type { StaffChallenge } from '@/prisma/client/client'
import type { StaffCeremony } from '@/prisma/client/enums'
import { CEREMONY_MS } from './relying-party'

const CHALLENGE_BYTES = 32

/** What a challenge is for. `about`: the hash of what the signature permits. */
type Asked = { ceremony: StaffCeremony; staffId?: string; about?: string; now: Date }

/**
 * Stores a challenge for two minutes. Returns its bytes, and the secret for the cookie of the
 * browser.
 */
export async function openChallenge({ ceremony, staffId, about, now }: Asked) {
  const [secret, challenge] = [newSecret(), new Uint8Array(randomBytes(CHALLENGE_BYTES))]
  await db().staffChallenge.create({
    data: {
      id: hashSecret(secret),
      ceremony,
      challenge: Buffer.from(challenge).toString('base64url'),
      staffId: staffId ?? null,
      about: about ?? null,
      createdAt: now,
      expiresAt: new Date(now.getTime() + CEREMONY_MS),
    },
  })
  return { secret, challenge }
}

/** The challenge of a browser, if it is of this ceremony, has not expired and was not used. */
export const findChallenge = (
  secret: string,
  ceremony: StaffCeremony,
  now: Date,
): Promise<StaffChallenge | null> =>
  db().staffChallenge.findUnique({
    where: { id: hashSecret(secret), ceremony, usedAt: null, expiresAt: { gt: now } },
  })

/**
 * Uses a challenge in the transaction of what it permits. False when it was used or has expired.
 */
export async function takeChallenge(tx: Tx, id: string, now: Date): Promise<boolean> {
  const taken = await tx.staffChallenge.updateMany({
    where: { id, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  })
  return taken.count === 1
}

/** Why a passkey was not accepted. The browser learns none of it. */
export type PasskeyFault =
  | 'challenge_gone'
  | 'malformed'
  | 'unknown_key'
  | 'known_key'
  | 'other_person'
  | 'other_act'
  | 'unverified'
  | 'counter'
  | 'not_active'

/** The one refusal of every passkey. The security log has the reason. */
export function refusePasskey(
  ceremony: StaffCeremony,
  reason: PasskeyFault,
  staffId?: string,
): Refused<'passkey_refused'> {
  const named = staffId === undefined ? {} : { staffId }
  logSecurity('authn_login_fail', { userId: null, purpose: `staff_${ceremony}`, reason, ...named })
  return refuse('passkey_refused')
}
