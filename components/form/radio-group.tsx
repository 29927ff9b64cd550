'use client'

import type { ReactNode } from 'react'
import { describe, FieldError } from './field'
import { useField } from './field-context'

type Choice = { value: string; label: ReactNode; hint?: string; icon?: ReactNode }

type Props = { name: string; legend: string; hint?: ReactNode; choices: Choice[] }

/** Radio buttons, each a card that can be pressed anywhere. */
export function RadioGroup({ name, legend, hint, choices }: Props) {
  const { registered, error, value, focus } = useField(name)
  return (
    <fieldset
      className="grid gap-2"
      aria-describedby={describe(name, hint, error)['aria-describedby']}
    >
      <legend className="mb-2 font-semibold">{legend}</legend>
      {hint && (
        <div id={`${name}-hint`} className="text-sm text-muted">
          {hint}
        </div>
      )}
      <FieldError name={name} error={error} />
      {choices.map((choice, index) => (
        <label
          key={choice.value}
          className="flex min-h-16 items-center gap-4 rounded-control border-2 border-edge bg-surface px-4 py-3 has-checked:border-brand has-checked:bg-tint"
        >
          <input
            id={index === 0 ? name : `${name}-${choice.value}`}
            type="radio"
            value={choice.value}
            defaultChecked={choice.value === value}
            required
            // Without it, assistive technology reports an untouched required group as invalid.
            aria-invalid={error !== undefined}
            aria-labelledby={`${name}-${choice.value}-label`}
            aria-describedby={choice.hint && `${name}-${choice.value}-hint`}
            className="size-5 shrink-0 appearance-none rounded-full border-2 border-edge bg-surface checked:border-6 checked:border-accent"
            {...(index === 0 ? focus : {})}
            {...registered}
          />
          <ChoiceText id={`${name}-${choice.value}`} {...choice} />
        </label>
      ))}
    </fieldset>
  )
}

function ChoiceText({ id, label, hint, icon }: Choice & { id: string }) {
  return (
    <>
      <span className="grid grow gap-1">
        <span id={`${id}-label`} className="font-semibold">
          {label}
        </span>
        {hint && (
          <span id={`${id}-hint`} className="text-sm text-muted">
            {hint}
          </span>
        )}
      </span>
      {icon && <span className="shrink-0 text-accent">{icon}</span>}
    </>
  )
}
