import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import { transaction } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { limitCareSignIn } from '@/lib/platform/rate-limits'
import { done, type Result } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'
import { recordStaffEvent } from '@/lib/staff-log'
import { type Asserted, proveAssertion, spendAssertion } from './assertion'
import { openChallenge, refusePasskey } from './challenge'
import { isActive, lockStaff } from './lock'
import { CEREMONY_MS, relyingParty } from './relying-party'
import { type OpenedStaffSession, openStaffSession } from './sessions'

/** What the browser asks its authenticator for, and the secret for its cookie. */
export type BegunAssertion = { secret: string; options: PublicKeyCredentialRequestOptionsJSON }

/**
 * Asks for a signature of any passkey of the console: it tells whose it is. Refused:
 * `passkey_throttled` with the seconds to wait, after many from one network.
 */
export async function beginSignIn(
  { ip }: Origin,
  now: Date,
): Promise<Result<BegunAssertion, 'passkey_throttled'>> {
  const throttled = await limitCareSignIn(ip)
  if (throttled) return throttled
  const { secret, challenge } = await openChallenge({ ceremony: 'sign_in', now })
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server')
  const options = await generateAuthenticationOptions({
    rpID: relyingParty().rpID,
    challenge,
    timeout: CEREMONY_MS,
    userVerification: 'required',
  })
  return done({ secret, options })
}

/**
 * Opens a session for the person whose passkey has signed, with its event, in the transaction that
 * uses the challenge up. Refused: `passkey_refused`, also for somebody who is not confirmed or is
 * disabled.
 */
export async function completeSignIn({
  origin,
  ...asserted
}: Asserted & { origin: Origin }): Promise<Result<OpenedStaffSession, 'passkey_refused'>> {
  const proven = await proveAssertion('sign_in', asserted)
  if (!proven.ok) return proven
  const { now } = asserted
  const { staffId } = proven.value
  return transaction(async (tx) => {
    // Whoever disables a person locks the person before the keys.
    const [person] = await lockStaff(tx, [staffId])
    const fault = await spendAssertion(tx, proven.value, now)
    if (fault) return refusePasskey('sign_in', fault, staffId)
    if (!person || !isActive(person)) return refusePasskey('sign_in', 'not_active', staffId)
    const session = await openStaffSession(tx, { staffId, origin, now })
    await recordStaffEvent(tx, { type: 'signed_in', staffId, now })
    logSecurity('authn_login_success', { userId: null, staffId, purpose: 'staff_sign_in' })
    logSecurity('session_created', { userId: null, staffId, subject: 'staff' })
    return done(session)
  })
}
