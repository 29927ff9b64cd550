import 'server-only'
import { redirect } from 'next/navigation'
import { resendCode } from '@/lib/challenges'
import { beginAction } from '@/lib/platform/response'
import type { Purpose } from '@/prisma/client/enums'
import { requestOrigin } from '../_session/origin'
import { endFlowOr } from './flow-end'
import { type FormState, refused } from './form'

type Whose = { secret: string } | { userId: string }

/**
 * `screen` is the path of the code screen. `beginning` is the path that `challenge_gone` redirects
 * to. Without `beginning`, the code screen shows that refusal above its button.
 */
type Places = { screen: string; beginning?: string }

/**
 * Sends another code for the open challenge of a browser or customer and comes back to its code
 * screen.
 * Refused above the button: `resend_too_early`, `send_throttled`, `code_exhausted`.
 * `challenge_gone` leads to `beginning`.
 */
export async function sendAgain(
  whose: Whose,
  purpose: Purpose,
  { screen, beginning }: Places,
): Promise<FormState> {
  beginAction()
  const outcome = await resendCode(whose, purpose, await requestOrigin(), new Date())
  if (!outcome.ok) return beginning ? endFlowOr(outcome, beginning) : refused(outcome)
  redirect(`${screen}?sent=again`)
}
