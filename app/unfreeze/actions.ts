'use server'

import { redirect } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import { beginAction } from '@/lib/platform/response'
import { refuse } from '@/lib/platform/result'
import {
  completeUnfreeze,
  findUnfreeze,
  passUnfreeze,
  requestUnfreezeCode,
  type UnfreezePurpose,
} from '@/lib/recovery'
import { codeSchema } from '../_forms/code-schema'
import { endFlowOr } from '../_forms/flow-end'
import { type FormState, submit } from '../_forms/form'
import { savedCodeSchema } from '../_forms/saved-code-schema'
import { asSavedCode } from '../_forms/saved-code-step'
import { sendAgain } from '../_forms/send-again'
import { challengeSecret, dropChallenge } from '../_session/challenge-cookie'
import { dropMade, keepMade } from '../_session/made-code'
import { requestOrigin } from '../_session/origin'
import { reviewSchema, slotSchema } from './schema'

/**
 * Sends a code to the chosen address of the frozen account, or asks for its saved code, and leads to
 * `/unfreeze/code`.
 * Refused at the field: `choice_missing`. Refused above the form: `unfreeze_address_gone`,
 * `send_throttled`. `unfreeze_gone` leads back to `/unfreeze`.
 */
export async function submitSlot(_: FormState, form: FormData): Promise<FormState> {
  return submit(slotSchema, form, async ({ slot }) => {
    const [secret, locale] = [await challengeSecret('unfreeze'), await getLocale()]
    const outcome = await requestUnfreezeCode({ secret, slot, locale, now: new Date() })
    if (!outcome.ok) return endFlowOr(outcome, '/unfreeze')
    redirect('/unfreeze/code')
  })
}

/**
 * Passes the first or the second challenge and leads to `/unfreeze`, which shows the next step.
 * Refused at the field: `code_*` (wrong, expired, exhausted, superseded, blocked). `challenge_gone`
 * leads back to `/unfreeze`.
 */
export async function submitUnfreezeCode(
  purpose: UnfreezePurpose,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  return submit(codeSchema, form, async ({ code }) => {
    const secret = await challengeSecret('unfreeze')
    const outcome = await passUnfreeze(
      secret,
      purposeOf(purpose),
      code,
      await requestOrigin(),
      new Date(),
    )
    if (!outcome.ok) return endFlowOr(outcome, '/unfreeze', { code: 'code' })
    redirect('/unfreeze')
  })
}

/**
 * Passes the step with the saved code instead. Refused at the field: `saved_code_*` (missing,
 * malformed, wrong, expired, exhausted) and `code_blocked`. `challenge_gone` leads back to `/unfreeze`.
 */
export async function submitUnfreezeSavedCode(
  purpose: UnfreezePurpose,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  return submit(savedCodeSchema, form, async ({ savedCode }) => {
    const [secret, origin] = [await challengeSecret('unfreeze'), await requestOrigin()]
    const outcome = await passUnfreeze(secret, purposeOf(purpose), savedCode, origin, new Date())
    const at = { saved: 'savedCode', code: 'savedCode' }
    if (!outcome.ok) return endFlowOr(asSavedCode(outcome), '/unfreeze', at)
    redirect('/unfreeze')
  })
}

/**
 * Sends another code and comes back to `/unfreeze/code`.
 * Refused above the button: `resend_too_early`, `send_throttled` and `code_exhausted`.
 * `challenge_gone` leads back to `/unfreeze`.
 */
export async function resendUnfreezeCode(
  purpose: UnfreezePurpose,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const secret = await challengeSecret('unfreeze')
  const places = { screen: '/unfreeze/code', beginning: '/unfreeze' }
  return sendAgain({ secret }, purposeOf(purpose), places, form)
}

/**
 * Unfreezes the account: undoes or keeps each disputed change, sets the new password, ends every
 * session and leads to `/unfreeze/done`, which shows the code that replaces a saved one.
 * Refused at the field: `choice_missing` for a change without a decision, and `password_*`. Refused
 * above the form: a change that cannot be undone. `unfreeze_gone` leads back to `/unfreeze`.
 */
export async function submitReview(_: FormState, form: FormData): Promise<FormState> {
  beginAction()
  const [secret, now] = [await challengeSecret('unfreeze'), new Date()]
  const unfreeze = await findUnfreeze(secret, now)
  if (unfreeze?.step !== 'review') return endFlowOr(refuse('unfreeze_gone'), '/unfreeze')
  return submit(
    reviewSchema(unfreeze.disputed.map(({ slot }) => slot)),
    form,
    async ({ newPassword = '', ...decisions }) => {
      const outcome = await completeUnfreeze({
        secret,
        decisions,
        password: newPassword,
        origin: await requestOrigin(),
        now,
      })
      if (!outcome.ok) return endFlowOr(outcome, '/unfreeze', { password: 'newPassword' })
      await dropChallenge('unfreeze')
      if (outcome.value) await keepMade(outcome.value)
      else await dropMade()
      redirect('/unfreeze/done')
    },
  )
}

/**
 * An argument that is bound to an action comes back from the browser, so it is parsed like any
 * input.
 */
const purposeOf = (bound: UnfreezePurpose): UnfreezePurpose =>
  bound === 'unfreeze_second' ? 'unfreeze_second' : 'unfreeze_first'
