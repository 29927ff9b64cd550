'use client'

import { describe, Field, INPUT_CLASS } from '../form/field'
import { useField } from '../form/field-context'
import type { FieldProps } from '../form/fields'

type Props = FieldProps & { options: readonly { value: string; label: string }[] }

/** A field that chooses one of several texts. */
export function SelectField({ name, label, hint, options }: Props) {
  const { registered, error, value, isAlert } = useField(name)
  return (
    <Field name={name} label={label} hint={hint} error={error} isAlert={isAlert}>
      <select
        id={name}
        defaultValue={value}
        className={INPUT_CLASS}
        {...registered}
        {...describe(name, hint, error)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  )
}
