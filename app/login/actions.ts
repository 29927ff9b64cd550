'use server'

import { redirect } from 'next/navigation'
import { logIn } from '@/lib/accounts'
import { beginAction } from '@/lib/platform/response'
import { startUnfreeze } from '@/lib/recovery'
import { type FormState, readProof, refused, submit } from '../_forms/form'
import { refuseWithoutCookies } from '../_session/accepted-cookies'
import { keepChallenge } from '../_session/challenge-cookie'
import { forgetDevice, keepDeviceSecrets } from '../_session/device'
import { dropMade } from '../_session/made-code'
import { requestOrigin } from '../_session/origin'
import { dropSession, keepSession } from '../_session/session'
import { dropIdentifier, keepIdentifier } from '../_session/typed-identifier'
import { loginSchema } from './schema'

/**
 * Signs a customer in and leads to `next`, a page of the profile. For a frozen account it opens no
 * session and leads to `/unfreeze`. After a refusal, the pages of reset and registration show the
 * typed identifier.
 * Refused above the form: `login_wrong` for an unknown account and a wrong password alike,
 * `proof_needed` and `login_throttled` after many tries, `password_restored`, `cookies_blocked`;
 * for a frozen account `unfreeze_throttled`, and `not_frozen` when it was unfrozen meanwhile.
 */
export async function submitLogin(_: FormState, form: FormData): Promise<FormState> {
  return submit(loginSchema, form, async ({ identifier, password, next }) => {
    const blocked = await refuseWithoutCookies()
    if (blocked) return refused(blocked)
    const outcome = await logIn({
      identifier,
      password,
      origin: await requestOrigin(),
      proof: readProof(form),
      now: new Date(),
    })
    if (!outcome.ok) {
      await keepIdentifier(identifier)
      return refused(outcome)
    }
    await dropIdentifier()
    if ('frozenUserId' in outcome.value) return leadToUnfreeze(outcome.value.frozenUserId)
    await keepDeviceSecrets(outcome.value.deviceSecrets)
    await keepSession(outcome.value.session)
    redirect(next)
  })
}

/** The password of a frozen account only starts to unfreeze it. */
async function leadToUnfreeze(userId: string): Promise<FormState> {
  const outcome = await startUnfreeze(userId, new Date())
  if (!outcome.ok) return refused(outcome)
  await keepChallenge('unfreeze', outcome.value.secret)
  redirect('/unfreeze')
}

/**
 * Ends the session, clears its cookie and leads to `/logged-out`, which offers to forget this
 * browser. A saved code that was made and not shown is shown to nobody else. Never refused.
 */
export async function logOut(): Promise<void> {
  await dropSession()
  await dropMade()
  redirect('/logged-out')
}

/** Ends this browser as a known device of every account, and says so. Never refused. */
export async function forgetThisDevice(): Promise<void> {
  beginAction()
  await forgetDevice()
  redirect('/logged-out')
}
