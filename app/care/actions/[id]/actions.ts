'use server'

import { redirect } from 'next/navigation'
import type { Begun } from '@/components/care/passkey'
import {
  approveAction,
  declineAction,
  hashForApproval,
  type StaffAct,
  withdrawAction,
} from '@/lib/support'
import { emptySchema } from '../../../_forms/code-schema'
import { type FormState, submit } from '../../../_forms/form'
import { careRefused } from '../../_forms/refused'
import { beginAsserted, commitAsserted } from '../../_session/passkey'
import { requireStaffAction } from '../../_session/staff'
import { casePath } from '../../cases/case-path'
import { HANDLERS } from '../../handlers'

/**
 * The action on a page, and exactly what it would change. All of it comes back from the browser;
 * the case is only where its page leads.
 */
type Shown = { actionId: string; changeHash: string; caseNumber: string }

const APPROVERS = ['approver'] as const

const actOf = ({ actionId, changeHash }: Shown): StaffAct => ({
  type: 'approve_action',
  actionId: String(actionId),
  changeHash: String(changeHash),
})

/** Asks for a signature over an approval of exactly the change that the page shows. */
export async function askApprove(shown: Shown, form: FormData): Promise<Begun> {
  const staff = await requireStaffAction(APPROVERS)
  return beginAsserted(staff, emptySchema, form, () => actOf(shown))
}

/**
 * Approves an action and leads to its case. Refused above the button: `passkey_refused`,
 * `action_unknown`, `own_request`, `expired`, `action_ended`, `already_approved`, `changed`,
 * `not_possible`.
 */
export async function submitApprove(
  shown: Shown,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const staff = await requireStaffAction(APPROVERS)
  return submit(emptySchema, form, async () => {
    const approval = { actionId: String(shown.actionId), changeHash: String(shown.changeHash) }
    const outcome = await commitAsserted(
      form,
      { staff, act: actOf(shown) },
      {
        prepare: () => hashForApproval(approval.actionId),
        work: (tx, passwordHash) =>
          approveAction(tx, staff, { ...approval, passwordHash }, new Date()),
      },
    )
    if (!outcome.ok) return careRefused(outcome)
    redirect(casePath(shown.caseNumber, outcome.value.outcome))
  })
}

/**
 * Declines an action, or stops an unfreeze that waits, and leads to its case. Refused above the
 * button: `action_unknown`, `action_ended`, `own_request`.
 */
export async function submitDecline(
  shown: Shown,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const staff = await requireStaffAction(APPROVERS)
  return endShown(shown, form, {
    word: 'declined',
    end: (id, now) => declineAction(staff, id, now),
  })
}

/**
 * Withdraws an own request and leads to its case. Refused above the button: `action_unknown`,
 * `action_ended`, `not_own`.
 */
export async function submitWithdraw(
  shown: Shown,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const staff = await requireStaffAction(HANDLERS)
  return endShown(shown, form, {
    word: 'withdrawn',
    end: (id, now) => withdrawAction(staff, id, now),
  })
}

type Ending = {
  word: 'declined' | 'withdrawn'
  end: (actionId: string, now: Date) => ReturnType<typeof declineAction | typeof withdrawAction>
}

/** Ends the action on the page, and leads to its case, which says so. */
const endShown = ({ actionId, caseNumber }: Shown, form: FormData, { word, end }: Ending) =>
  submit(emptySchema, form, async () => {
    const outcome = await end(String(actionId), new Date())
    return outcome.ok ? redirect(casePath(caseNumber, word)) : careRefused(outcome)
  })
