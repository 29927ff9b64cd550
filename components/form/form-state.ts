/** What a refused server action hands back: sentences in the customer's language, and what was typed (never passwords and codes). */
export type FormState = {
  values?: Record<string, string>
  fieldErrors?: Record<string, string>
  formError?: string
}

/** A server action as a form calls it. Success ends in a redirect, so what comes back is always a refusal. */
export type FormAction = (state: FormState, form: FormData) => Promise<FormState>

/** The words around the fields of one form, written on the server in the customer's language. */
export type FormText = {
  title: string
  titlePrefix: string
  summaryTitle: string
  submit: string
  pending: string
  showPassword: string
  words: Record<string, string>
}
