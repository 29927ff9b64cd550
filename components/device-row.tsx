import type { ReactNode } from 'react'
import { Badge } from './badge'
import { MonitorSmartphone } from './icons'

type Props = {
  device: string
  /** The label of the device that shows the page. */
  present?: string | undefined
  details: readonly string[]
  /** The form that ends its session. */
  children?: ReactNode
}

/** One signed-in device. Child of a `<ul>`. */
export function DeviceRow({ device, present, details, children }: Props) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line py-4 first:border-0 first:pt-0 last:pb-0">
      <MonitorSmartphone aria-hidden className="size-6 shrink-0 text-accent" />
      <div className="grid min-w-0 grow basis-48">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 font-semibold">
          {device}
          {present && <Badge tone="info" label={present} />}
        </span>
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
