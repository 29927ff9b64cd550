import type { ReactNode } from 'react'
import type { IconType } from './icons'

type Props = {
  skipLabel: string
  home: { href: string; label: string; icon: IconType }
  children: ReactNode
}

/** The frame of a header: the link to the content, the link to the first page, and the navigation. */
export function HeaderFrame({ skipLabel, home: { href, label, icon: Icon }, children }: Props) {
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
          href={href}
          className="inline-flex min-h-11 items-center gap-2 text-xl font-extrabold text-accent no-underline"
        >
          <Icon aria-hidden className="size-6" />
          {label}
        </a>
        {children}
      </div>
      <div id="header-message" role="alert" className="bg-danger-tint" />
    </header>
  )
}
