import type { ReactNode } from 'react'
import { CircleAlert, CircleCheck, Info, TriangleAlert } from './icons'

const TONE = {
  info: { look: 'border-accent bg-tint', icon: 'text-accent', Icon: Info },
  success: { look: 'border-success bg-success-tint', icon: 'text-success', Icon: CircleCheck },
  warning: { look: 'border-warning bg-warning-tint', icon: 'text-warning', Icon: TriangleAlert },
  danger: { look: 'border-danger bg-danger-tint', icon: 'text-danger', Icon: CircleAlert },
} as const

type Tone = keyof typeof TONE

type Props = {
  tone?: Tone
  title?: string | undefined
  role?: 'status' | 'alert'
  children?: ReactNode
}

/**
 * A message in the page. With `role="status"` screen readers read it once, for a result of the last
 * action.
 */
export function Alert({ tone = 'info', title, role, children }: Props) {
  const { look, icon, Icon } = TONE[tone]
  return (
    <div role={role} className={`flex gap-3 rounded-control border-l-4 p-4 ${look}`}>
      <Icon aria-hidden className={`mt-0.5 size-5 shrink-0 ${icon}`} />
      <div className="grid gap-1">
        {title && <p className="font-semibold">{title}</p>}
        {children}
      </div>
    </div>
  )
}
