'use client'

import { createContext, useContext } from 'react'
import type { FieldValues, UseFormRegister } from 'react-hook-form'

/** What the form tells its fields. `submissions` counts the tries, so that a shown password hides again at each. */
export type FormOfFields = {
  register: UseFormRegister<FieldValues>
  errors: Record<string, string>
  values: Record<string, string>
  showPassword: string
  submissions: number
}

export const FieldContext = createContext<FormOfFields | null>(null)

/** The surrounding form, as one field sees it. */
export function useField(name: string) {
  const form = useContext(FieldContext)
  if (!form) throw new Error(`The field ${name} stands outside a FlowForm`)
  const { register, errors, values, showPassword, submissions } = form
  return {
    registered: register(name),
    error: errors[name],
    value: values[name],
    showPassword,
    submissions,
  }
}
