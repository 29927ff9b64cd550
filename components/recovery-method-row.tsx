import type { ReactNode } from 'react'
import { CircleCheck, CircleDashed, TriangleAlert } from './icons'

const LOOK = {
  sure: { Icon: CircleCheck, colour: 'text-success' },
  weak: { Icon: TriangleAlert, colour: 'text-warning' },
  missing: { Icon: CircleDashed, colour: 'text-muted' },
} as const

type Props = {
  look: keyof typeof LOOK
  name: string
  /** A question to the customer about this method. */
  question?: string | undefined
  details: readonly string[]
  /** The link or form that improves it. */
  children?: ReactNode
}

/** One recovery method and its state. Child of a `<ul>`. */
export function RecoveryMethodRow({ look, name, question, details, children }: Props) {
  const { Icon, colour } = LOOK[look]
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line py-3 first:border-0 first:pt-0 last:pb-0">
      <Icon aria-hidden className={`size-6 shrink-0 ${colour}`} />
      <div className="grid min-w-0 grow basis-48">
        <span className="font-semibold">{name}</span>
        {question && <span className="text-sm font-medium text-warning">{question}</span>}
        {details.map((detail) => (
          <span key={detail} className="text-sm text-muted">
            {detail}
          </span>
        ))}
      </div>
      {children && <div className="no-print max-sm:ps-10">{children}</div>}
    </li>
  )
}
