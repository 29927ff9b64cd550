import type { ReactNode } from 'react'
import type { DeviceKind } from '@/lib/platform/user-agent'
import { Badge } from './badge'
import { type IconType, Laptop, MonitorSmartphone, Smartphone, Tablet } from './icons'

const ICON: Record<DeviceKind, IconType> = {
  phone: Smartphone,
  tablet: Tablet,
  computer: Laptop,
}

type Props = {
  /** Undefined for an unknown device. */
  kind: DeviceKind | undefined
  name: string
  /** The label of the device that shows the page. */
  present?: string | undefined
  details: readonly string[]
  /** The form that ends its session. */
  children?: ReactNode
}

/** One signed-in device. Child of a `<ul>`. */
export function DeviceRow({ kind, name, present, details, children }: Props) {
  const Icon = kind ? ICON[kind] : MonitorSmartphone
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line py-4 first:border-0 first:pt-0 last:pb-0">
      <span className="grid size-10 shrink-0 place-items-center self-start rounded-full bg-tint text-accent">
        <Icon className="size-5" />
      </span>
      <div className="grid min-w-0 grow basis-48">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 font-semibold">
          {name}
          {present && <Badge tone="info" label={present} />}
        </span>
        {details.map((detail) => (
          <span key={detail} className="text-sm text-muted">
            {detail}
          </span>
        ))}
      </div>
      {children && <div className="no-print max-sm:ps-14">{children}</div>}
    </li>
  )
}
