import 'server-only'
import { refresh } from 'next/cache'
import { core } from 'zod/mini'
import type { FormState } from '@/components/form/form-state'
import { LANGUAGE_FIELD } from '@/components/form/page-form'
import type { GivenProof } from '@/lib/platform/proof-of-work'
import { beginAction, refuseAction, rejectArguments, sayRetryAfter } from '@/lib/platform/response'
import type { Refused } from '@/lib/platform/result'
import { SECRET_FIELDS } from '@/lib/platform/secret-fields'
import { isRefusal, type Refusal, refusalSentence } from '../_text/refusal'
import { storeLocale } from '../_text/store-locale'

export type { FormState }

const PROOF_MAX_CHARACTERS = 4_000

/** Refusals after which the page of the form shows something else: no code can be entered any more. */
const CHANGES_PAGE: readonly Refusal[] = [
  'code_expired',
  'code_exhausted',
  'saved_code_expired',
  'saved_code_exhausted',
]

/**
 * Parses a submitted form with the schema that the browser uses too, and calls `handle` with the
 * result. Returns the issues as sentences at their fields, or what `handle` returns, with the typed
 * values except passwords and codes. A form that was posted by a button of another language does
 * nothing but store the language, and returns what was typed.
 */
export async function submit<Schema extends core.$ZodType>(
  schema: Schema,
  form: FormData,
  handle: (input: core.output<Schema>) => Promise<FormState>,
): Promise<FormState> {
  if (!(form instanceof FormData)) rejectArguments('An action was called without a form')
  beginAction()
  const { [LANGUAGE_FIELD]: language, ...typed } = Object.fromEntries(
    [...form].filter(([name]) => !name.startsWith('$ACTION')),
  )
  if (typeof language === 'string') {
    await storeLocale(language)
    return { values: withoutSecrets(typed) }
  }
  const parsed = core.safeParse(schema, typed)
  if (!parsed.success) refuseAction()
  const state = parsed.success
    ? await handle(parsed.data)
    : { fieldErrors: await sentencesOf(parsed.error.issues) }
  return { ...state, values: withoutSecrets(typed) }
}

/**
 * Shows a refusal in a form, at a field or above it, with the proof that it asks for, and sets
 * Retry-After when it has a waiting time. `at` is the field, or the fields by the first part of a
 * refusal: `{ password: 'newPassword' }` shows `password_common` at `newPassword`. After a code that
 * has expired or is used up, the page is drawn again and tells that itself.
 */
export async function refused(
  outcome: Refused<Refusal>,
  at?: string | Record<string, string>,
): Promise<FormState> {
  refuseAction()
  if (CHANGES_PAGE.includes(outcome.refusal)) refresh()
  if (outcome.retryAfterSeconds) sayRetryAfter(outcome.retryAfterSeconds)
  const sentence = await refusalSentence(outcome)
  const field = typeof at === 'object' ? at[outcome.refusal.split('_')[0] ?? ''] : at
  const error = field ? { fieldErrors: { [field]: sentence } } : { formError: sentence }
  return { ...error, ...(outcome.proof && { proof: outcome.proof }) }
}

/** The proof that a form brings after `proof_needed`. */
export function readProof(form: FormData): GivenProof | undefined {
  const [ticket, solution] = [textOf(form, 'ticket'), textOf(form, 'solution')]
  return ticket ? { ticket, solution: solution || undefined } : undefined
}

function textOf(form: FormData, name: string) {
  const value = form.get(name)
  return typeof value === 'string' && value.length <= PROOF_MAX_CHARACTERS ? value : ''
}

async function sentencesOf(issues: readonly core.$ZodIssue[]) {
  const first = new Map<string, string>()
  for (const issue of issues) {
    const field = String(issue.path[0] ?? '')
    const refusal = isRefusal(issue.message) ? issue.message : 'form_malformed'
    if (!first.has(field)) first.set(field, await refusalSentence({ refusal }))
  }
  return Object.fromEntries(first)
}

function withoutSecrets(typed: Record<string, FormDataEntryValue>): Record<string, string> {
  const kept = Object.entries(typed).flatMap(([name, value]) =>
    typeof value === 'string' && !SECRET_FIELDS.includes(name) ? [[name, value] as const] : [],
  )
  return Object.fromEntries(kept)
}
