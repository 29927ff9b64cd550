'use client'

import { createContext, useContext } from 'react'
import type { FieldValues, UseFormRegister } from 'react-hook-form'

/**
 * The state of the form for its fields. `submissions` counts the submits, so that each hides a
 * shown password.
 */
export type FormOfFields = {
  register: UseFormRegister<FieldValues>
  errors: Record<string, string>
  values: Record<string, string>
  isOfOneField: boolean
  /** Whether the field had the focus at the last submit, so that it does not get it by a refusal. */
  hadFocus: boolean
  showPassword: string
  submissions: number
}

export const FieldContext = createContext<FormOfFields | null>(null)

/** The state of the surrounding form for one field. */
export function useField(name: string) {
  const form = useContext(FieldContext)
  if (!form) throw new Error(`The field ${name} stands outside a FlowForm`)
  const { register, errors, values, isOfOneField, hadFocus, showPassword, submissions } = form
  return {
    registered: register(name),
    error: errors[name],
    value: values[name],
    /** Attributes of the input. Without JavaScript, the browser then focuses it; with it, the form does. */
    focus: isOfOneField && errors[name] ? { autoFocus: true } : {},
    /** Screen readers read the error of a field that gets the focus; otherwise they must be told. */
    isAlert: isOfOneField && hadFocus,
    showPassword,
    submissions,
  }
}
