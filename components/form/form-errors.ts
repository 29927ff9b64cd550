import type { FieldErrors, FieldValues } from 'react-hook-form'
import type { FormState, FormText } from './form-state'

export type ShownErrors = {
  fields: Record<string, string>
  whole?: string | undefined
  heading?: string | undefined
}

/**
 * The errors to show: those of the check in the browser if there are any, else those of the server.
 */
export function errorsToShow(
  checked: FieldErrors<FieldValues>,
  answered: FormState,
  words: FormText['words'],
): ShownErrors {
  const here = Object.entries(checked).map(([name, error]) => [
    name,
    words[`${error?.message}`] ?? `${error?.message}`,
  ])
  if (here.length > 0) return { fields: Object.fromEntries(here) }
  const { fieldErrors: fields = {}, formError: whole, heading } = answered
  return { fields, whole, heading }
}

export function isAnyShown({ fields, whole }: ShownErrors) {
  return Boolean(whole) || Object.keys(fields).length > 0
}
