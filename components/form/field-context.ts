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
  showPassword: string
  submissions: number
}

export const FieldContext = createContext<FormOfFields | null>(null)

/** The state of the surrounding form for one field. */
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
