import { db, type Tx } from '@/lib/platform/db'
import { done, type Result } from '@/lib/platform/result'
import type { StaffChallenge, StaffKey } from '@/prisma/client/client'
import { findChallenge, type PasskeyFault, refusePasskey, takeChallenge } from './challenge'
import { readAssertion } from './credential'
import { relyingParty } from './relying-party'

/**
 * What a browser posts: the secret of its challenge, and what its authenticator returned, as JSON.
 */
export type Asserted = { secret: string; credential: string; now: Date }

/** A signature that is right. It permits nothing before it is spent. */
export type ProvenAssertion = {
  ceremony: 'sign_in' | 'act'
  challengeId: string
  keyId: string
  counter: number
  staffId: string
  about: string | null
}

type Signed = NonNullable<ReturnType<typeof readAssertion>>

/**
 * Checks the signature of a passkey over the challenge of this browser, with user verification.
 * Refused `passkey_refused`, whatever is wrong.
 */
export async function proveAssertion(
  ceremony: ProvenAssertion['ceremony'],
  { secret, credential, now }: Asserted,
): Promise<Result<ProvenAssertion, 'passkey_refused'>> {
  const challenge = await findChallenge(secret, ceremony, now)
  if (!challenge) return refusePasskey(ceremony, 'challenge_gone')
  const signed = readAssertion(credential)
  if (!signed) return refusePasskey(ceremony, 'malformed')
  const key = await db().staffKey.findUnique({ where: { id: signed.id, revokedAt: null } })
  if (!key) return refusePasskey(ceremony, 'unknown_key')
  const { staffId } = key
  if (!isOf(staffId, signed, challenge)) return refusePasskey(ceremony, 'other_person', staffId)
  const counter = await verify(signed, challenge, key)
  if (counter === undefined) return refusePasskey(ceremony, 'unverified', staffId)
  const { id: challengeId, about } = challenge
  return done({ ceremony, challengeId, keyId: key.id, counter, staffId, about })
}

/** A challenge for an act is that of one person. The handle is what the passkey was made for. */
function isOf(staffId: string, { response: { userHandle } }: Signed, asked: StaffChallenge) {
  const isAsked = asked.staffId === null || asked.staffId === staffId
  const isHandle =
    userHandle === undefined
      ? asked.staffId !== null
      : Buffer.from(userHandle, 'base64url').toString() === staffId
  return isAsked && isHandle
}

/**
 * The counter of a right signature; undefined for any other. The package throws for each kind of
 * wrong one. `counter: 0` leaves the comparison to `spendAssertion`, which no other request can
 * overtake.
 */
async function verify(
  { response, ...signed }: Signed,
  { challenge }: StaffChallenge,
  key: StaffKey,
) {
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  const { rpID, origin } = relyingParty()
  const { userHandle, ...signature } = response
  const verified = await verifyAuthenticationResponse({
    response: {
      ...signed,
      response: { ...signature, ...(userHandle && { userHandle }) },
      clientExtensionResults: {},
    },
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    credential: { id: key.id, publicKey: key.publicKey, counter: 0 },
    requireUserVerification: true,
  }).catch(() => undefined)
  return verified?.verified ? verified.authenticationInfo.newCounter : undefined
}

/**
 * Uses the challenge up and raises the counter of the key, in the transaction of what the signature
 * permits. A counter that does not rise may be that of a copied key; one that stays 0 is not kept
 * by the authenticator. Returns why it was refused.
 */
export async function spendAssertion(
  tx: Tx,
  { challengeId, keyId, counter }: ProvenAssertion,
  now: Date,
): Promise<PasskeyFault | undefined> {
  if (!(await takeChallenge(tx, challengeId, now))) return 'challenge_gone'
  const isKept = counter > 0 ? { lt: counter } : 0
  const raised = await tx.staffKey.updateMany({
    where: { id: keyId, revokedAt: null, counter: isKept },
    data: { counter, usedAt: now },
  })
  return raised.count === 1 ? undefined : 'counter'
}
