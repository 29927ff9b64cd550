'use server'

import { redirect } from 'next/navigation'
import type { Caller } from '@/lib/accounts'
import { parseAddress } from '@/lib/addresses'
import {
  type AddressSlot,
  authoriseChange,
  changeOf,
  completePrimaryChange,
  completeReplacement,
  findChange,
  requestPrimaryChange,
  requestReplacement,
  sendCodeToNewAddress,
} from '@/lib/contacts'
import type { Refused } from '@/lib/platform/result'
import { codeSchema, emptySchema } from '../../_forms/code-schema'
import { endFlowOr, flowEndOf } from '../../_forms/flow-end'
import { type FormState, refused, submit } from '../../_forms/form'
import { sendAgain } from '../../_forms/send-again'
import { currentCaller } from '../../_session/caller'
import { keepSession, requireSession } from '../../_session/session'
import type { Refusal } from '../../_text/refusal'
import { kindOf } from '../recovery/kind'
import { changeSchemas } from './schema'
import { baseOf, pathOf } from './slot'

/**
 * The refusals of the first form that are shown at the field of the password, and at that of the
 * address.
 */
const AT_PASSWORD = ['password_wrong', 'password_throttled']
const AT_ADDRESS = ['same_as_current', 'same_as_primary', 'own_recovery']
const AT_CODE = { code: 'code' }

/**
 * Sends a code to the primary phone or to the recovery addresses, which authorises a new address in
 * the slot, and leads to the page where that code is entered.
 * Refused at the address: what the parser rejects, `same_as_current`, `same_as_primary`,
 * `own_recovery`. Refused at the password: `password_wrong`, `password_throttled`. Refused at the
 * choice: `no_recovery`. Refused above the form: `challenge_gone`, `account_restricted`,
 * `send_throttled`.
 */
export async function requestChange(
  bound: AddressSlot,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const slot = slotOf(bound)
  const caller = await currentCaller(baseOf(slot), form)
  return submit(changeSchemas[slot.role][slot.kind], form, async ({ proof, ...typed }) => {
    const address = parseAddress(slot.kind, 'email' in typed ? typed.email : typed.phone)
    if (!address.ok) return refused(address, slot.kind)
    const wanted = { address: address.value, proof }
    const outcome =
      'currentPassword' in typed
        ? await requestPrimaryChange(caller, { ...wanted, password: typed.currentPassword })
        : await requestReplacement(caller, wanted)
    if (!outcome.ok) return refused(outcome, fieldOf(outcome.refusal, slot))
    redirect(pathOf(slot, await findChange(caller, slot)))
  })
}

/**
 * Passes the challenge that authorises the change, and leads to the review of the change.
 * Refused at the field: `code_*` (wrong, expired, exhausted, superseded, blocked). `challenge_gone`
 * leads to where the change stands now, or to its beginning.
 */
export async function submitProof(
  bound: AddressSlot,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const slot = slotOf(bound)
  const caller = await currentCaller(baseOf(slot))
  return submit(codeSchema, form, async ({ code }) => {
    const outcome = await authoriseChange(caller, slot, code)
    if (!outcome.ok) return stop(caller, slot, outcome)
    redirect(`${baseOf(slot)}/review`)
  })
}

/**
 * Sends a code to the new address and leads to the page where it is entered.
 * Refused above the button: `account_restricted`, `send_throttled`. `challenge_gone` leads to where
 * the change stands now, or to its beginning.
 */
export async function sendToNewAddress(
  bound: AddressSlot,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const slot = slotOf(bound)
  const caller = await currentCaller(baseOf(slot))
  return submit(emptySchema, form, async () => {
    const outcome = await sendCodeToNewAddress(caller, slot)
    if (!outcome.ok) return stop(caller, slot, outcome)
    redirect(`${baseOf(slot)}/confirm`)
  })
}

/**
 * Replaces the old address by the new one and leads to `/profile/done`. A changed primary also ends
 * every other session.
 * Refused at the field: `code_*` (wrong, expired, exhausted, superseded, blocked). Refused above
 * the form: `account_restricted`. `challenge_gone`, `same_as_primary`, `own_recovery` and `taken`
 * lead to where the change stands now, or to its beginning.
 */
export async function submitChange(
  bound: AddressSlot,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const slot = slotOf(bound)
  const caller = await currentCaller(baseOf(slot))
  return submit(codeSchema, form, async ({ code }) =>
    slot.role === 'primary' ? change(caller, slot, code) : replace(caller, slot, code),
  )
}

/**
 * Sends another code to the address that authorises the change and comes back to its code screen.
 * Refused above the button: `resend_too_early`, `send_throttled`, `code_exhausted` and
 * `challenge_gone`.
 */
export async function resendProof(
  bound: AddressSlot,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  return resend(form, slotOf(bound), 'authorise')
}

/**
 * Sends another code to the new address and comes back to its code screen.
 * Refused above the button: `resend_too_early`, `send_throttled`, `code_exhausted` and
 * `challenge_gone`.
 */
export async function resendToNewAddress(
  bound: AddressSlot,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  return resend(form, slotOf(bound), 'confirm')
}

async function change(caller: Caller, slot: AddressSlot, code: string): Promise<FormState> {
  const outcome = await completePrimaryChange(caller, slot.kind, code)
  if (!outcome.ok) return stop(caller, slot, outcome)
  await keepSession(outcome.value)
  redirect('/profile/done')
}

async function replace(caller: Caller, slot: AddressSlot, code: string): Promise<FormState> {
  const outcome = await completeReplacement(caller, slot.kind, code)
  if (!outcome.ok) return stop(caller, slot, outcome)
  redirect('/profile/done')
}

async function resend(
  form: FormData,
  slot: AddressSlot,
  step: 'authorise' | 'confirm',
): Promise<FormState> {
  const { userId } = await requireSession(baseOf(slot))
  return sendAgain({ userId }, changeOf(slot)[step], { screen: `${baseOf(slot)}/${step}` }, form)
}

/** Redirects to the present step when another tab has continued the change. */
async function stop(
  caller: Caller,
  slot: AddressSlot,
  outcome: Refused<Refusal>,
): Promise<FormState> {
  const change = flowEndOf(outcome.refusal) && (await findChange(caller, slot))
  return change ? redirect(pathOf(slot, change)) : endFlowOr(outcome, baseOf(slot), AT_CODE)
}

function fieldOf(refusal: string, { kind }: AddressSlot) {
  if (AT_PASSWORD.includes(refusal)) return 'currentPassword'
  if (refusal === 'no_recovery') return 'proof'
  return AT_ADDRESS.includes(refusal) ? kind : undefined
}

/**
 * An argument that is bound to an action comes back from the browser, so it is parsed like any
 * input.
 */
const slotOf = ({ role, kind }: AddressSlot): AddressSlot => ({
  role: role === 'recovery' ? 'recovery' : 'primary',
  kind: kindOf(kind),
})
