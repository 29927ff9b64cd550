'use client'

import type { MouseEvent, ReactNode } from 'react'
import { useFormStatus } from 'react-dom'
import { type ButtonLook, buttonClass } from './button'
import { LoaderCircle } from './icons'

type Props = {
  look?: ButtonLook
  name?: string
  value?: string
  lang?: string
  /** Needed only in a form without `action`: React tells whether one with an action is pending. */
  isPending?: boolean
  children: ReactNode
}

/**
 * A button that submits the form around it. While the form is sent it shows that, and a second press
 * does nothing. Its text has its own element, as that of `SubmitButton`.
 */
export function ActionButton({ look, isPending = false, children, ...rest }: Props) {
  const { pending } = useFormStatus()
  const isBusy = isPending || pending
  return (
    <button
      type="submit"
      aria-disabled={isBusy || undefined}
      aria-busy={isBusy || undefined}
      onClick={isBusy ? (event: MouseEvent) => event.preventDefault() : undefined}
      className={buttonClass(look)}
      {...rest}
    >
      {isBusy && <LoaderCircle aria-hidden className="size-5 motion-safe:animate-spin" />}
      <span>{children}</span>
    </button>
  )
}
