import type { ReactNode } from 'react'
import { LoaderCircle } from './icons'

const SHAPE =
  'inline-flex items-center justify-center gap-2 rounded-control text-center font-semibold motion-safe:transition-colors'
const EDGE = 'border-2 px-6 no-underline'
const BOX = `${EDGE} min-h-12 py-2`
const LOOK = {
  primary: `${BOX} border-brand bg-brand text-on-brand hover:border-brand-deep hover:bg-brand-deep`,
  secondary: `${BOX} border-edge bg-surface text-accent hover:border-accent hover:bg-tint`,
  waiting: `${BOX} border-line bg-surface text-muted`,
  danger: `${BOX} border-danger bg-surface text-danger hover:bg-danger-tint`,
  /** The one act of a page, which stops something at once. */
  alarm: `${EDGE} min-h-16 border-danger bg-danger py-3 text-lg text-surface hover:bg-danger-tint hover:text-danger`,
  quiet: '-mx-1 min-h-11 px-1 text-accent underline underline-offset-4',
} as const

export type ButtonLook = keyof typeof LOOK

/** The classes of a button, for elements that look like one: a link, a summary. */
export function buttonClass(look: ButtonLook = 'primary') {
  return `${SHAPE} ${LOOK[look]}`
}

type ButtonProps = {
  look?: ButtonLook
  name?: string
  value?: string
  lang?: string
  children: ReactNode
}

/** A button that submits the form around it. */
export function Button({ look, children, ...rest }: ButtonProps) {
  return (
    <button type="submit" className={buttonClass(look)} {...rest}>
      {children}
    </button>
  )
}

type SubmitButtonProps = {
  label: string
  pendingLabel: string
  isPending: boolean
  look?: ButtonLook
}

/**
 * The submit button of a form. While the form is sent it shows and announces that, and it is never
 * disabled. Its text has its own element: a browser that translates the page wraps text nodes, and
 * React could then not insert the icon before the text.
 */
export function SubmitButton({ label, pendingLabel, isPending, look }: SubmitButtonProps) {
  return (
    <div className="grid">
      <button
        type="submit"
        aria-disabled={isPending || undefined}
        className={`${buttonClass(look)} w-full`}
      >
        {isPending && <LoaderCircle aria-hidden className="size-5 motion-safe:animate-spin" />}
        <span>{isPending ? pendingLabel : label}</span>
      </button>
      <span role="status" className="sr-only">
        {isPending && pendingLabel}
      </span>
    </div>
  )
}
