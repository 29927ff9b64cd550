'use client'

import { describe, Field, INPUT_CLASS } from '../form/field'
import { useField } from '../form/field-context'
import type { FieldProps } from '../form/fields'

/** A field for a text of several lines. */
export function TextArea({ name, label, hint }: FieldProps) {
  const { registered, error, value, isAlert } = useField(name)
  return (
    <Field name={name} label={label} hint={hint} error={error} isAlert={isAlert}>
      <textarea
        id={name}
        required
        rows={3}
        defaultValue={value}
        className={INPUT_CLASS}
        {...registered}
        {...describe(name, hint, error)}
      />
    </Field>
  )
}
