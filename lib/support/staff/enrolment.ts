import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server'
import { hashSecret } from '@/lib/platform/crypto'
import { type Tx, transaction, withSavepoint } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { done, type Result, refuse } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'
import { recordStaffEvent } from '@/lib/staff-log'
import type { StaffChallenge } from '@/prisma/client/client'
import type { Asserted } from './assertion'
import { findChallenge, openChallenge, refusePasskey, takeChallenge } from './challenge'
import { readAttestation } from './credential'
import { findInvitation } from './invitation'
import { CEREMONY_MS, relyingParty } from './relying-party'

/** What the browser asks its authenticator for, and the secret for its cookie. */
export type BegunEnrolment = { secret: string; options: PublicKeyCredentialCreationOptionsJSON }

/**
 * Asks for a new passkey of an invited person: one that the authenticator keeps and that verifies
 * its user. Refused: `invitation_gone` for a link that is unknown, used or too old.
 */
export async function beginEnrolment(
  token: string,
  now: Date,
): Promise<Result<BegunEnrolment, 'invitation_gone'>> {
  const invited = await findInvitation(token, now)
  if (!invited) return refuse('invitation_gone')
  const { staffId, name } = invited
  const about = hashSecret(token)
  const { secret, challenge } = await openChallenge({ ceremony: 'enrol', staffId, about, now })
  const { generateRegistrationOptions } = await import('@simplewebauthn/server')
  const options = await generateRegistrationOptions({
    rpName: env().BRAND_NAME,
    rpID: relyingParty().rpID,
    userName: name,
    userDisplayName: name,
    userID: new TextEncoder().encode(staffId),
    challenge,
    timeout: CEREMONY_MS,
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return done({ secret, options })
}

/**
 * Stores the passkey of an invited person and uses the invitation up, in one transaction with its
 * event. Nobody can sign in with it before another administrator has confirmed the person, the
 * first two administrators excepted. Refused: `passkey_refused`, and `invitation_gone` when the
 * invitation was used meanwhile.
 */
export async function completeEnrolment({
  secret,
  credential,
  now,
}: Asserted): Promise<Result<undefined, EnrolmentRefusal>> {
  const challenge = await findChallenge(secret, 'enrol', now)
  if (!challenge?.staffId) return refusePasskey('enrol', 'challenge_gone')
  const { staffId } = challenge
  const key = await verify(credential, challenge)
  if (!key) return refusePasskey('enrol', 'unverified', staffId)
  return transaction(async (tx): Promise<Result<undefined, EnrolmentRefusal>> => {
    if (!(await takeChallenge(tx, challenge.id, now)))
      return refusePasskey('enrol', 'challenge_gone', staffId)
    const enrolled = await withSavepoint(tx, () => storeKey(tx, challenge, key, now))
    if (enrolled.ok) await recordStaffEvent(tx, { type: 'enrolled', staffId, now })
    else if (enrolled.refusal === 'known_key') return refusePasskey('enrol', 'known_key', staffId)
    else return refuse('invitation_gone')
    logSecurity('authn_token_created', { userId: null, staffId, subject: 'passkey' })
    return done()
  })
}

export type EnrolmentRefusal = 'passkey_refused' | 'invitation_gone'

async function verify(credential: string, { challenge }: StaffChallenge) {
  const made = readAttestation(credential)
  if (!made) return undefined
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
  const { rpID, origin } = relyingParty()
  const { transports } = made.response
  const verified = await verifyRegistrationResponse({
    response: {
      ...made,
      response: { ...made.response, transports: [] },
      clientExtensionResults: {},
    },
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
  }).catch(() => undefined)
  if (!verified?.verified) return undefined
  const { id, publicKey, counter } = verified.registrationInfo.credential
  return { id, publicKey, counter, transports }
}

type NewKey = NonNullable<Awaited<ReturnType<typeof verify>>>

async function storeKey(
  tx: Tx,
  challenge: StaffChallenge,
  key: NewKey,
  now: Date,
): Promise<Result<undefined, 'invitation_gone' | 'known_key'>> {
  const { staffId, about } = challenge
  if (staffId === null || about === null) return refuse('invitation_gone')
  if (!(await takeInvitation(tx, { staffId, about, now }))) return refuse('invitation_gone')
  const data = { ...key, staffId, createdAt: now }
  const { count } = await tx.staffKey.createMany({ data, skipDuplicates: true })
  return count === 1 ? done() : refuse('known_key')
}

type Use = { staffId: string; about: string; now: Date }

/** The condition finds an invitation that another browser has used since as gone. */
async function takeInvitation(tx: Tx, { staffId, about, now }: Use) {
  const used = await tx.staff.updateMany({
    where: {
      id: staffId,
      inviteHash: about,
      inviteExpiresAt: { gt: now },
      enrolledAt: null,
      disabledAt: null,
    },
    data: { inviteHash: null, enrolledAt: now },
  })
  return used.count === 1
}
