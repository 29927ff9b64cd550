import type { ReactNode } from 'react'
import { Badge, type BadgeProps } from './badge'
import { Mail, ScrollText, Smartphone } from './icons'
import { MaskedAddress } from './masked-address'

type Props = {
  kind: 'email' | 'phone' | 'code'
  name: string
  /** Undefined when the account has no such address. */
  mask: string | undefined
  /** Whether there is such a way, if no mask tells it. */
  isThere?: boolean
  badge?: BadgeProps | undefined
  detail?: string | undefined
  /** Whether it has one short action, which stands beside the text, also on a phone. */
  isShort?: boolean
  /** Links or small forms that change it. */
  children?: ReactNode
}

const ICONS = { email: Mail, phone: Smartphone, code: ScrollText } as const

/** One way back into the account: the address or the saved code, its state, and its actions. Child of a `<ul>`. */
export function WayRow({
  kind,
  name,
  mask,
  isThere = mask !== undefined,
  badge,
  detail,
  isShort = false,
  children,
}: Props) {
  const Icon = ICONS[kind]
  return (
    <li className="flex flex-wrap items-center gap-x-4 border-t border-line py-3 first:border-0 first:pt-0">
      <Icon aria-hidden className={`size-6 shrink-0 ${isThere ? 'text-accent' : 'text-muted'}`} />
      <div className={`grid min-w-0 grow ${isShort ? 'basis-24' : 'basis-48'}`}>
        <span className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
          {name}
          {badge && <Badge {...badge} />}
        </span>
        {mask && (
          <span className="font-semibold">
            <MaskedAddress mask={mask} />
          </span>
        )}
        {detail && <span className="text-sm text-muted">{detail}</span>}
      </div>
      {children && (
        <div
          className={`no-print flex flex-wrap items-center gap-x-6 ${isShort ? '' : 'max-sm:ps-10'}`}
        >
          {children}
        </div>
      )}
    </li>
  )
}
