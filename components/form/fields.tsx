'use client'

import {
  type HTMLAttributes,
  type HTMLInputAutoCompleteAttribute,
  type HTMLInputTypeAttribute,
  type ReactNode,
  useEffect,
  useRef,
} from 'react'
import { describe, Field, INPUT_CLASS } from './field'
import { useField } from './field-context'
import { useWebOtp } from './use-web-otp'

export type FieldProps = { name: string; label: string; hint?: ReactNode }

type TextFieldProps = FieldProps & {
  type?: HTMLInputTypeAttribute
  inputMode?: HTMLAttributes<HTMLInputElement>['inputMode']
  autoComplete?: HTMLInputAutoCompleteAttribute
  autoCapitalize?: 'none' | 'words' | 'characters'
  spellCheck?: false
  /** Called with the value when the field loses the focus. */
  onLeave?: (typed: string) => void
}

/** A text field. Its id is its name, so the id is the same in every build. */
export function TextField({ name, label, hint, onLeave, ...attributes }: TextFieldProps) {
  const { registered, error, value, focus, isAlert } = useField(name)
  return (
    <Field name={name} label={label} hint={hint} error={error} isAlert={isAlert}>
      <input
        id={name}
        type="text"
        required
        defaultValue={value}
        className={INPUT_CLASS}
        {...attributes}
        {...registered}
        onBlur={(event) => {
          onLeave?.(event.currentTarget.value)
          return registered.onBlur(event)
        }}
        {...focus}
        {...describe(name, hint, error)}
      />
    </Field>
  )
}

/**
 * A field for a mobile number in any notation. It has no input mask, so the caret does not jump.
 */
export function PhoneField({
  name = 'phone',
  ...rest
}: Partial<Pick<FieldProps, 'name'>> & Omit<FieldProps, 'name'>) {
  return <TextField name={name} type="tel" autoComplete="tel" {...rest} />
}

/** "Email atau nomor handphone". */
export function IdentifierField({
  name = 'identifier',
  ...rest
}: Partial<Pick<FieldProps, 'name'>> & Omit<FieldProps, 'name'>) {
  return (
    <TextField
      name={name}
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      {...rest}
    />
  )
}

/**
 * "Kode OTP": one field for the whole code, without a length limit, which would cut a pasted "123
 * 456". The server never sends a typed code back. On a touch device it takes the focus, so that the
 * keyboard can offer the code.
 */
export function CodeField({
  name = 'code',
  label,
  hint,
}: Partial<Pick<FieldProps, 'name'>> & Omit<FieldProps, 'name'>) {
  const { registered, error, focus, isAlert } = useField(name)
  const field = useRef<HTMLInputElement>(null)
  useWebOtp(field)
  useEffect(() => {
    if (!matchMedia('(pointer: coarse)').matches) return
    // Setting the focus forces a layout, which would lengthen the hydration.
    const frame = requestAnimationFrame(() => {
      const isInUse = field.current?.form?.contains(document.activeElement)
      if (!isInUse) field.current?.focus()
    })
    return () => cancelAnimationFrame(frame)
  }, [])
  return (
    <Field name={name} label={label} hint={hint} error={error} isAlert={isAlert}>
      <input
        id={name}
        type="text"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        required
        data-secret
        className={`${INPUT_CLASS} text-center text-3xl tracking-[0.2em] tabular-nums`}
        {...registered}
        ref={(input) => {
          registered.ref(input)
          field.current = input
        }}
        {...focus}
        {...describe(name, hint, error)}
      />
    </Field>
  )
}

/**
 * "Kode cadangan": what was typed stays in the field after a refusal, to be compared with the paper.
 * The server never sends it back.
 */
export function SavedCodeField({ label, hint }: Omit<FieldProps, 'name'>) {
  return (
    <TextField
      name="savedCode"
      label={label}
      hint={hint}
      autoComplete="off"
      autoCapitalize="characters"
      spellCheck={false}
    />
  )
}

/** The identifier of the account beside a new password, so that password managers store both. */
export function UsernameOfPassword({ value }: { value: string }) {
  return (
    <input
      type="text"
      autoComplete="username"
      defaultValue={value}
      readOnly
      tabIndex={-1}
      aria-hidden
      className="sr-only"
    />
  )
}
