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
  /** Looks and reads as disabled, and can still be pressed: the answer says why it is refused. */
  isWaiting?: boolean
  'aria-describedby'?: string
  /** Needed only in a form without `action`: React tells whether one with an action is pending. */
  isPending?: boolean
  children: ReactNode
}

/**
 * A button that submits the form around it. While the form is sent it shows that, and a second press
 * does nothing. Its text has its own element, as that of `SubmitButton`.
 */
export function ActionButton({
  look,
  isWaiting = false,
  isPending = false,
  children,
  ...rest
}: Props) {
  const { pending } = useFormStatus()
  const isBusy = isPending || pending
  return (
    <button
      type="submit"
      aria-disabled={isBusy || isWaiting || undefined}
      aria-busy={isBusy || undefined}
      onClick={isBusy ? (event: MouseEvent) => event.preventDefault() : undefined}
      className={buttonClass(isWaiting ? 'waiting' : look)}
      {...rest}
    >
      {isBusy && <LoaderCircle aria-hidden className="size-5 motion-safe:animate-spin" />}
      <span>{children}</span>
    </button>
  )
}
