import { HeaderFrame } from '../header-frame'
import { ShieldCheck } from '../icons'
import { LogOutForm } from '../log-out-form'

type Props = {
  title: string
  skipLabel: string
  navLabel: string
  links: { href: string; label: string }[]
  /** A form, because it changes state. */
  leave?:
    | { label: string; pending: string; failed: string; action: () => Promise<void> }
    | undefined
}

const LINK =
  'inline-flex min-h-11 items-center rounded-control px-3 font-semibold text-accent no-underline hover:bg-tint'

/** The header of the care console. It has nothing of the shop. */
export function CareHeader({ title, skipLabel, navLabel, links, leave }: Props) {
  return (
    <HeaderFrame skipLabel={skipLabel} home={{ href: '/care', label: title, icon: ShieldCheck }}>
      {leave && (
        <nav aria-label={navLabel} className="-mx-1 flex flex-wrap items-center gap-1">
          {links.map(({ href, label }) => (
            <a key={href} href={href} className={LINK}>
              {label}
            </a>
          ))}
          <LogOutForm {...leave} className={LINK} />
        </nav>
      )}
    </HeaderFrame>
  )
}
