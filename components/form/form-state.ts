import type { ProofRequest } from '@/lib/platform/result'

/**
 * The result of a refused server action: sentences in the customer's language, and the typed values
 * except passwords and codes.
 */
export type FormState = {
  values?: Record<string, string>
  fieldErrors?: Record<string, string>
  formError?: string
  /** The heading above `formError` when nothing the customer typed is at fault. */
  heading?: string
  /** What the browser computes before it sends the form again by itself. */
  proof?: ProofRequest
}

/**
 * A server action as a form calls it. Success redirects, so a returned state is always a refusal.
 */
export type FormAction = (state: FormState, form: FormData) => Promise<FormState>

/** The texts of one form, written on the server in the customer's language. */
export type FormText = {
  /** The document title; undefined on a page of several forms, which writes it itself. */
  title: string | undefined
  titlePrefix: string
  summaryTitle: string
  submit: string
  pending: string
  proving: string
  showPassword: string
  words: Record<string, string>
}
