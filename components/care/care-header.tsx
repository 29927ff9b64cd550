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
    <header className="no-print border-b border-line bg-surface">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:z-10 focus:m-2 focus:rounded-control focus:bg-surface focus:px-4 focus:py-3"
      >
        {skipLabel}
      </a>
      <div className="mx-auto flex max-w-page flex-wrap items-center justify-between gap-x-4 px-4 py-2">
        <a
          href="/care"
          className="inline-flex min-h-11 items-center gap-2 text-xl font-extrabold text-accent no-underline"
        >
          <ShieldCheck aria-hidden className="size-6" />
          {title}
        </a>
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
      </div>
      <div id="header-message" role="alert" className="bg-danger-tint" />
    </header>
  )
}
