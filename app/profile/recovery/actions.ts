'use server'

import { redirect } from 'next/navigation'
import { type AddressKind, parseAddress } from '@/lib/addresses'
import {
  authoriseRecoveryAddress,
  confirmRecoveryAddress,
  removeRecoveryAddress,
  requestConfirmation,
  requestRecoveryAddress,
  requestRemoval,
} from '@/lib/contacts'
import type { Purpose } from '@/prisma/client/enums'
import { codeSchema, emptySchema } from '../../_forms/code-schema'
import { endFlowOr } from '../../_forms/flow-end'
import { type FormState, refused, submit } from '../../_forms/form'
import { sendAgain } from '../../_forms/send-again'
import { currentCaller } from '../../_session/caller'
import { requireSession } from '../../_session/session'
import { kindOf } from './kind'
import { emailSchema, kindSchema, phoneSchema } from './schema'

/** The refusals that are shown at the field of the address. */
const AT_ADDRESS = ['same_as_primary', 'already_held']
const BEGINNING = '/profile/recovery'
const AT_CODE = { code: 'code' }

/**
 * Leads to the page where an address of the chosen kind is typed. Refused at the field:
 * `choice_missing`.
 */
export async function chooseKind(_: FormState, form: FormData): Promise<FormState> {
  return submit(kindSchema, form, async ({ kind }) => redirect(`/profile/recovery/${kind}`))
}

/**
 * Sends a code to the primary phone, which authorises the new recovery e-mail, and leads to
 * `/profile/recovery/authorise`.
 * Refused at the field: `email_*` (missing, malformed, too long), `same_as_primary`,
 * `already_held`. Refused above the form: `account_restricted`, `send_throttled`, and
 * `challenge_gone` when the account was frozen meanwhile.
 */
export async function saveEmail(_: FormState, form: FormData): Promise<FormState> {
  return submit(emailSchema, form, ({ email }) => save('email', email, form))
}

/**
 * Sends a code to the primary phone, which authorises the new recovery number, and leads to
 * `/profile/recovery/authorise`.
 * Refused at the field: `phone_*` (missing, malformed, too short, too long, landline, foreign),
 * `same_as_primary`, `already_held`. Refused above the form: `account_restricted`,
 * `send_throttled`, and `challenge_gone` when the account was frozen meanwhile.
 */
export async function savePhone(_: FormState, form: FormData): Promise<FormState> {
  return submit(phoneSchema, form, ({ phone }) => save('phone', phone, form))
}

async function save(kind: AddressKind, typed: string, form: FormData): Promise<FormState> {
  const caller = await currentCaller(BEGINNING, form)
  const address = parseAddress(kind, typed)
  if (!address.ok) return refused(address, kind)
  const outcome = await requestRecoveryAddress(caller, address.value)
  if (!outcome.ok) return refused(outcome, AT_ADDRESS.includes(outcome.refusal) ? kind : undefined)
  redirect('/profile/recovery/authorise')
}

/**
 * Adds the recovery address, still unconfirmed, sends a code to it and leads to its confirmation.
 * Refused at the field: `code_*` (wrong, expired, exhausted, superseded, blocked). Refused above
 * the form: `account_restricted`. `challenge_gone`, `same_as_primary` and `already_held` lead back
 * to `/profile/recovery`.
 */
export async function submitAuthorisation(_: FormState, form: FormData): Promise<FormState> {
  const caller = await currentCaller(BEGINNING)
  return submit(codeSchema, form, async ({ code }) => {
    const outcome = await authoriseRecoveryAddress(caller, code)
    if (!outcome.ok) return endFlowOr(outcome, BEGINNING, AT_CODE)
    redirect(`/profile/recovery/${outcome.value}/confirm`)
  })
}

/**
 * Sends a code to the unconfirmed recovery address and leads to its confirmation.
 * Refused above the button: `account_restricted`, `send_throttled`. `nothing_to_confirm` leads to
 * the profile.
 */
export async function sendConfirmation(
  kind: AddressKind,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const caller = await currentCaller(BEGINNING)
  return submit(emptySchema, form, async () => {
    const outcome = await requestConfirmation(caller, kindOf(kind))
    if (!outcome.ok) return endFlowOr(outcome, '/profile')
    redirect(`/profile/recovery/${kindOf(kind)}/confirm`)
  })
}

/**
 * Confirms the recovery address, credits the points and leads to `/profile/recovery/done`.
 * Refused at the field: `code_*` (wrong, expired, exhausted, superseded, blocked). Refused above
 * the form: `account_restricted`. `challenge_gone` and `nothing_to_confirm` lead to the profile.
 */
export async function submitConfirmation(_: FormState, form: FormData): Promise<FormState> {
  const caller = await currentCaller(BEGINNING)
  return submit(codeSchema, form, async ({ code }) => {
    const outcome = await confirmRecoveryAddress(caller, code)
    if (!outcome.ok) return endFlowOr(outcome, '/profile', AT_CODE)
    redirect('/profile/recovery/done')
  })
}

/**
 * Sends a code to the primary phone, which authorises the removal of the recovery address, and
 * comes back to the page, which is then the code screen.
 * Refused above the button: `account_restricted`, `send_throttled`. `nothing_to_remove` leads to
 * the profile.
 */
export async function sendRemoval(
  kind: AddressKind,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const caller = await currentCaller(BEGINNING)
  return submit(emptySchema, form, async () => {
    const outcome = await requestRemoval(caller, kindOf(kind))
    if (!outcome.ok) return endFlowOr(outcome, '/profile')
    redirect(`/profile/recovery/${kindOf(kind)}/remove`)
  })
}

/**
 * Removes the recovery address and leads to `/profile/done`.
 * Refused at the field: `code_*` (wrong, expired, exhausted, superseded, blocked). Refused above
 * the form: `account_restricted`. `challenge_gone` and `nothing_to_remove` lead to the profile.
 */
export async function submitRemoval(_: FormState, form: FormData): Promise<FormState> {
  const caller = await currentCaller(BEGINNING)
  return submit(codeSchema, form, async ({ code }) => {
    const outcome = await removeRecoveryAddress(caller, code)
    if (!outcome.ok) return endFlowOr(outcome, '/profile', AT_CODE)
    redirect('/profile/done')
  })
}

/**
 * Sends another code to the primary phone and comes back to its code screen.
 * Refused above the button: `resend_too_early`, `send_throttled` and `code_exhausted`.
 * `challenge_gone` leads back to `/profile/recovery`.
 */
export async function resendAuthorisation(_: FormState, form: FormData): Promise<FormState> {
  return resend(form, 'authorise_recovery', '/profile/recovery/authorise', BEGINNING)
}

/**
 * Sends another code to the recovery address and comes back to its code screen.
 * Refused above the button: `resend_too_early`, `send_throttled` and `code_exhausted`.
 * `challenge_gone` leads to the profile.
 */
export async function resendConfirmation(
  kind: AddressKind,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  return resend(form, 'confirm_recovery', `/profile/recovery/${kindOf(kind)}/confirm`)
}

/**
 * Sends another code for a removal and comes back to its code screen.
 * Refused above the button: `resend_too_early`, `send_throttled` and `code_exhausted`.
 * `challenge_gone` leads to the profile.
 */
export async function resendRemoval(
  kind: AddressKind,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  return resend(form, 'remove_recovery', `/profile/recovery/${kindOf(kind)}/remove`)
}

async function resend(
  form: FormData,
  purpose: Purpose,
  screen: string,
  beginning = '/profile',
): Promise<FormState> {
  const { userId } = await requireSession(BEGINNING)
  return sendAgain({ userId }, purpose, { screen, beginning }, form)
}
