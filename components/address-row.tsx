import type { ReactNode } from 'react'
import { Badge, type BadgeProps } from './badge'
import { Mail, Smartphone } from './icons'
import { MaskedAddress } from './masked-address'

type Props = {
  kind: 'email' | 'phone'
  label: string
  masked: string
  badge?: BadgeProps
  detail?: string
  /** Links or small forms that change it. */
  children?: ReactNode
}

/** One address of the account, masked, with its state. Child of a `<ul>`. */
export function AddressRow({ kind, label, masked, badge, detail, children }: Props) {
  const Icon = kind === 'email' ? Mail : Smartphone
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line py-4 first:border-0 first:pt-0 last:pb-0">
      <Icon aria-hidden className="size-6 shrink-0 text-accent" />
      <div className="grid min-w-0 grow basis-48">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-muted">
          {label}
          {badge && <Badge {...badge} />}
        </span>
        <span className="font-semibold">
          <MaskedAddress mask={masked} />
        </span>
        {detail && <span className="text-sm text-muted">{detail}</span>}
      </div>
      {children && (
        <div className="no-print flex flex-wrap items-center gap-x-6 gap-y-2 max-sm:ps-10">
          {children}
        </div>
      )}
    </li>
  )
}
