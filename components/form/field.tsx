import type { ReactNode } from 'react'
import { CircleAlert } from '../icons'

export const INPUT_CLASS =
  'block min-h-12 w-full rounded-control border-2 border-edge bg-surface px-4 py-2 text-ink aria-invalid:border-danger'

type Props = {
  name: string
  label: string
  hint?: ReactNode
  error?: string | undefined
  /** Whether screen readers read the error when it appears. */
  isAlert?: boolean | undefined
  children: ReactNode
}

/** A label, a hint, the error with the text of the summary, and the control. */
export function Field({ name, label, hint, error, isAlert, children }: Props) {
  return (
    <div className="grid gap-2">
      <label htmlFor={name} className="font-semibold">
        {label}
      </label>
      {hint && (
        <div id={`${name}-hint`} className="text-sm text-muted">
          {hint}
        </div>
      )}
      <FieldError name={name} error={error} isAlert={isAlert} />
      {children}
    </div>
  )
}

export function FieldError({
  name,
  error,
  isAlert = false,
}: Pick<Props, 'name' | 'error' | 'isAlert'>) {
  if (!error) return null
  return (
    <p
      id={`${name}-error`}
      role={isAlert ? 'alert' : undefined}
      className="flex gap-2 font-medium text-danger"
    >
      <CircleAlert aria-hidden className="mt-0.5 size-5 shrink-0" />
      <span>{error}</span>
    </p>
  )
}

/** The attributes that connect a control with its hint and its error. */
export function describe(name: string, hint: ReactNode, error: string | undefined) {
  const ids = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return { ...(ids && { 'aria-describedby': ids }), ...(error && { 'aria-invalid': true }) }
}
