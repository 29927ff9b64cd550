'use server'

import { redirect } from 'next/navigation'
import { type AddressKind, parseAddress } from '@/lib/addresses'
import { resendCode } from '@/lib/challenges'
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
import { currentCaller } from '../../_session/caller'
import { kindOf } from './kind'
import { emailSchema, kindSchema, phoneSchema } from './schema'

/** The refusals that stand at the field of the address. */
const AT_ADDRESS = ['same_as_primary', 'already_held']
const BEGINNING = '/profile/recovery'
const AT_CODE = { code: 'code' }

export async function chooseKind(_: FormState, form: FormData): Promise<FormState> {
  return submit(kindSchema, form, async ({ kind }) => redirect(`/profile/recovery/${kind}`))
}

export async function saveEmail(_: FormState, form: FormData): Promise<FormState> {
  return submit(emailSchema, form, ({ email }) => save('email', email))
}

export async function savePhone(_: FormState, form: FormData): Promise<FormState> {
  return submit(phoneSchema, form, ({ phone }) => save('phone', phone))
}

async function save(kind: AddressKind, typed: string): Promise<FormState> {
  const caller = await currentCaller(BEGINNING)
  const address = parseAddress(kind, typed)
  if (!address.ok) return refused(address, kind)
  const outcome = await requestRecoveryAddress(caller, address.value)
  if (!outcome.ok) return refused(outcome, AT_ADDRESS.includes(outcome.refusal) ? kind : undefined)
  redirect('/profile/recovery/authorise')
}

export async function submitAuthorisation(_: FormState, form: FormData): Promise<FormState> {
  const caller = await currentCaller(BEGINNING)
  return submit(codeSchema, form, async ({ code }) => {
    const outcome = await authoriseRecoveryAddress(caller, code)
    if (!outcome.ok) return endFlowOr(outcome, BEGINNING, AT_CODE)
    redirect(`/profile/recovery/${outcome.value}/confirm`)
  })
}

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

export async function submitConfirmation(_: FormState, form: FormData): Promise<FormState> {
  const caller = await currentCaller(BEGINNING)
  return submit(codeSchema, form, async ({ code }) => {
    const outcome = await confirmRecoveryAddress(caller, code)
    if (!outcome.ok) return endFlowOr(outcome, '/profile', AT_CODE)
    redirect('/profile/recovery/done')
  })
}

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

export async function submitRemoval(_: FormState, form: FormData): Promise<FormState> {
  const caller = await currentCaller(BEGINNING)
  return submit(codeSchema, form, async ({ code }) => {
    const outcome = await removeRecoveryAddress(caller, code)
    if (!outcome.ok) return endFlowOr(outcome, '/profile', AT_CODE)
    redirect('/profile?changed=removed')
  })
}

export async function resendAuthorisation(): Promise<FormState> {
  return resend('authorise_recovery', '/profile/recovery/authorise', BEGINNING)
}

export async function resendConfirmation(kind: AddressKind): Promise<FormState> {
  return resend('confirm_recovery', `/profile/recovery/${kindOf(kind)}/confirm`)
}

export async function resendRemoval(kind: AddressKind): Promise<FormState> {
  return resend('remove_recovery', `/profile/recovery/${kindOf(kind)}/remove`)
}

async function resend(
  purpose: Purpose,
  screen: string,
  beginning = '/profile',
): Promise<FormState> {
  const { userId, origin, now } = await currentCaller(BEGINNING)
  const outcome = await resendCode({ userId }, purpose, origin, now)
  if (!outcome.ok) return endFlowOr(outcome, beginning)
  redirect(`${screen}?sent=again`)
}
