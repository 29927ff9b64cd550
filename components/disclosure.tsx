import type { ReactNode } from 'react'
import { ChevronDown } from './icons'

const LOOK = {
  /** Fills its row, as in a list of questions. */
  row: { summary: 'flex justify-between font-medium', marker: 'text-accent' },
  /** As short as its text, beside other controls. */
  link: { summary: 'inline-flex text-sm font-medium text-accent', marker: '' },
} as const

type Props = {
  summary: ReactNode
  look?: keyof typeof LOOK
  className?: string
  children: ReactNode
}

/**
 * A text that its reader opens, without JavaScript. The marker is drawn: browsers draw different
 * triangles, some of which do not grow with the text.
 */
export function Disclosure({ summary, look = 'row', className = '', children }: Props) {
  return (
    <details className={`group ${className}`}>
      <summary
        className={`min-h-11 list-none items-center gap-2 py-2 [&::-webkit-details-marker]:hidden ${LOOK[look].summary}`}
      >
        <span>{summary}</span>
        <ChevronDown
          className={`size-5 shrink-0 group-open:rotate-180 motion-safe:transition-transform ${LOOK[look].marker}`}
        />
      </summary>
      {children}
    </details>
  )
}
