'use client'

import { describe, Field, INPUT_CLASS } from '../form/field'
import { useField } from '../form/field-context'
import type { FieldProps } from '../form/fields'

/** A field for the word that a caller reads out. It never shows a word again. */
export function WordField({ name, label, hint }: FieldProps) {
  const { registered, error, focus, isAlert } = useField(name)
  return (
    <Field name={name} label={label} hint={hint} error={error} isAlert={isAlert}>
      <input
        id={name}
        type="text"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        required
        data-secret
        className={`${INPUT_CLASS} text-xl tracking-[0.2em] uppercase`}
        {...registered}
        {...focus}
        {...describe(name, hint, error)}
      />
    </Field>
  )
}
