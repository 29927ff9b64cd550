'use server'

import { redirect } from 'next/navigation'
import type { Begun } from '@/components/care/passkey'
import {
  type ActionRequest,
  checkWord,
  closeCase,
  hashRequest,
  requestAction,
  type StaffAct,
  sendWord,
} from '@/lib/support'
import { emptySchema } from '../../../_forms/code-schema'
import { type FormState, submit } from '../../../_forms/form'
import { careRefused } from '../../_forms/refused'
import { wordSchema } from '../../_forms/schemas'
import { beginAsserted, completeAsserted } from '../../_session/passkey'
import { requireStaffAction } from '../../_session/staff'
import { HANDLERS } from '../../handlers'
import { casePath } from '../case-path'
import { fieldsOf, type RequestType, readRequest, requestSchema, typeOf } from './request-form'

/**
 * Sends a word to a confirmed address, and comes back to the case. Refused above the button:
 * `address_unknown`, `words_used_up`, `case_unknown`, `case_closed`.
 */
export async function submitSendWord(
  number: string,
  addressId: string,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const staff = await requireStaffAction(HANDLERS)
  return submit(emptySchema, form, async () => {
    const to = { caseNumber: String(number), addressId: String(addressId) }
    const outcome = await sendWord(staff, to, new Date())
    if (!outcome.ok) return careRefused(outcome)
    redirect(casePath(number, 'word_sent'))
  })
}

/**
 * Checks the word that the caller reads out, and comes back to the case. Refused at the field:
 * `word_*` (empty, missing, wrong, expired, exhausted), `looks_like_code`. Refused above it:
 * `case_*`.
 */
export async function submitCheckWord(
  number: string,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const staff = await requireStaffAction(HANDLERS)
  return submit(wordSchema, form, async ({ callerWord: typed }) => {
    const outcome = await checkWord(staff, { caseNumber: String(number), typed }, new Date())
    if (!outcome.ok)
      return careRefused(outcome, IN_CASE.test(outcome.refusal) ? undefined : 'callerWord')
    redirect(casePath(number, 'word_passed'))
  })
}

/** Refusals of the whole case, not of what was typed. */
const IN_CASE = /^case_|^not_permitted$/

/**
 * Closes the case and leads to the first page. Refused above the button: `case_unknown`,
 * `case_closed`.
 */
export async function submitClose(
  number: string,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const staff = await requireStaffAction(HANDLERS)
  return submit(emptySchema, form, async () => {
    const outcome = await closeCase(staff, String(number), new Date())
    if (!outcome.ok) return careRefused(outcome)
    redirect('/care?done=closed')
  })
}

/** What the passkey signs before a request: exactly this one. */
const actOf = (request: ActionRequest): StaffAct => ({
  type: 'request_action',
  caseNumber: request.caseNumber,
  request: hashRequest(request),
})

/**
 * Asks for a signature over a request. Refused at the fields: `reason_malformed`,
 * `ticket_malformed`.
 */
export async function askRequest(
  number: string,
  bound: RequestType,
  form: FormData,
): Promise<Begun> {
  const staff = await requireStaffAction(HANDLERS)
  const type = typeOf(bound)
  return beginAsserted(staff, requestSchema(type), form, () =>
    actOf(readRequest(number, type, form)),
  )
}

/**
 * Asks for an action, or freezes at once, and comes back to the case. Refused at the fields:
 * `reason_malformed`, `ticket_malformed`. Refused above the form: `passkey_refused`,
 * `already_open`, `not_possible`, `proof_needed`, `case_unknown`, `case_closed`.
 */
export async function submitRequest(
  number: string,
  bound: RequestType,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const staff = await requireStaffAction(HANDLERS)
  const type = typeOf(bound)
  return submit(requestSchema(type), form, async () => {
    const request = readRequest(number, type, form)
    const signed = { staff, act: actOf(request) }
    const outcome = await completeAsserted(form, signed, (tx) =>
      requestAction(tx, staff, request, new Date()),
    )
    if (!outcome.ok) return careRefused(outcome, fieldOf(type, outcome.refusal))
    redirect(casePath(number, outcome.value.outcome))
  })
}

function fieldOf(type: RequestType, refusal: string) {
  if (refusal === 'reason_malformed') return fieldsOf(type).reason
  return refusal === 'ticket_malformed' ? fieldsOf(type).ticket : undefined
}
