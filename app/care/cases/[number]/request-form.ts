import * as z from 'zod/mini'
import type { ActionDetail, ActionRequest } from '@/lib/support'
import { reason, ticket } from '../../_forms/fields'

/** The slots of an account whose change an unfreeze can undo. */
const SLOTS = ['primary_phone', 'primary_email', 'recovery_phone', 'recovery_email'] as const

export const REQUESTS = [
  'unfreeze',
  'restore_attempts',
  'release_address',
  'trust_number',
  'resend_notice',
  'freeze',
] as const satisfies ActionRequest['type'][]

export type RequestType = (typeof REQUESTS)[number]

/**
 * The names of the fields of a request. A page has several forms, and every field has its own name.
 */
export const fieldsOf = (type: RequestType) => ({
  reason: `${type}-reason`,
  ticket: `${type}-ticket`,
  address: `${type}-address`,
  notice: `${type}-notice`,
  undo: (slot: string) => `${type}-undo-${slot}`,
})

/** Checks what is written in the form of a request. */
export const requestSchema = (type: RequestType) =>
  z.object({ [fieldsOf(type).reason]: reason, [fieldsOf(type).ticket]: ticket })

/**
 * The type that is bound to an action. It comes back from the browser, so it is read like any
 * input.
 */
export const typeOf = (bound: RequestType): RequestType =>
  REQUESTS.find((type) => type === bound) ?? 'freeze'

/** What a form asks for. `lib/support` judges it. */
export function readRequest(caseNumber: string, type: RequestType, form: FormData): ActionRequest {
  const fields = fieldsOf(type)
  const written = { reason: textOf(form, fields.reason), ticket: textOf(form, fields.ticket) }
  return { caseNumber: String(caseNumber), type, detail: readDetail(type, form), ...written }
}

function readDetail(type: RequestType, form: FormData): ActionDetail {
  const fields = fieldsOf(type)
  if (type === 'unfreeze') return { undo: SLOTS.filter((slot) => form.has(fields.undo(slot))) }
  if (type === 'release_address' || type === 'trust_number')
    return { addressId: textOf(form, fields.address) }
  return type === 'resend_notice' ? { reference: textOf(form, fields.notice) } : {}
}

function textOf(form: FormData, name: string) {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}
