'use client'

import { useState } from 'react'
import { Eye, EyeOff } from '../icons'
import { useIsHydrated } from '../use-is-hydrated'
import { describe, Field, INPUT_CLASS } from './field'
import { useField } from './field-context'
import type { FieldProps } from './fields'

type Props = FieldProps & { autoComplete: 'current-password' | 'new-password' }

/**
 * A password field with a button that shows the password. Each submit hides it. Without JavaScript
 * there is no button.
 */
export function PasswordField({ name, label, hint, autoComplete }: Props) {
  const { registered, error, showPassword, submissions, focus, isAlert } = useField(name)
  const [shownSince, setShownSince] = useState<number>()
  const isShown = shownSince === submissions
  return (
    <Field name={name} label={label} hint={hint} error={error} isAlert={isAlert}>
      <div className="relative">
        <input
          id={name}
          type={isShown ? 'text' : 'password'}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          required
          data-secret
          className={`${INPUT_CLASS} pr-14`}
          {...registered}
          {...focus}
          {...describe(name, hint, error)}
        />
        <ShowButton
          name={name}
          label={showPassword}
          isShown={isShown}
          toggle={() => setShownSince(isShown ? undefined : submissions)}
        />
      </div>
    </Field>
  )
}

type ShowButtonProps = { name: string; label: string; isShown: boolean; toggle: () => void }

function ShowButton({ name, label, isShown, toggle }: ShowButtonProps) {
  const Icon = isShown ? EyeOff : Eye
  if (!useIsHydrated()) return null
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={isShown}
      aria-controls={name}
      onClick={toggle}
      className="absolute inset-y-0 right-0 grid w-12 place-items-center rounded-control text-muted hover:text-ink"
    >
      <Icon aria-hidden className="size-5" />
    </button>
  )
}
