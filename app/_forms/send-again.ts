import 'server-only'
import { redirect } from 'next/navigation'
import { resendCode, sendCodeBySms } from '@/lib/challenges'
import { beginAction, rejectArguments } from '@/lib/platform/response'
import type { Purpose } from '@/prisma/client/enums'
import { requestOrigin } from '../_session/origin'
import { endFlowOr } from './flow-end'
import { type FormState, refused } from './form'
import { readVia, SAME_CODE_BY_SMS, VIA } from './via'

type Whose = { secret: string } | { userId: string }

/**
 * `screen` is the path of the code screen. `beginning` is the path that `challenge_gone` redirects
 * to. Without `beginning`, the code screen shows that refusal above its button.
 */
type Places = { screen: string; beginning?: string }

/**
 * Sends another code for the open challenge of a browser or customer, by the channel of the pressed
 * button, and comes back to its code screen. The button of `SAME_CODE_BY_SMS` sends no other code.
 * Refused above the button: `resend_too_early`, `send_throttled`, `code_exhausted`.
 * `challenge_gone` leads to `beginning`.
 */
export async function sendAgain(
  whose: Whose,
  purpose: Purpose,
  { screen, beginning }: Places,
  form: FormData,
): Promise<FormState> {
  if (!(form instanceof FormData)) rejectArguments('An action was called without a form')
  beginAction()
  const [origin, now] = [await requestOrigin(), new Date()]
  const isSameCode = form.get(VIA) === SAME_CODE_BY_SMS
  const outcome = isSameCode
    ? await sendCodeBySms(whose, purpose, now)
    : await resendCode(whose, purpose, origin, now, readVia(form))
  if (!outcome.ok) return beginning ? endFlowOr(outcome, beginning) : refused(outcome)
  redirect(`${screen}?sent=${isSameCode ? 'sms' : 'again'}`)
}
