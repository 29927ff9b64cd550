type Props = {
  links: { href: string; label: string }[]
  note: string
  language: {
    label: string
    others: { locale: string; name: string }[]
    choose: (form: FormData) => Promise<void>
  }
}

const LINK = 'inline-flex min-h-11 items-center font-medium text-accent'

export function SiteFooter({ links, note, language }: Props) {
  return (
    <footer className="no-print mt-auto border-t border-line bg-surface">
      <div className="mx-auto flex max-w-page flex-wrap items-center justify-between gap-x-6 gap-y-1 px-4 py-4">
        <p className="text-sm text-muted">{note}</p>
        <div className="flex flex-wrap items-center gap-x-6">
          {links.map(({ href, label }) => (
            <a key={href} href={href} className={LINK}>
              {label}
            </a>
          ))}
          <form action={language.choose} aria-label={language.label}>
            {language.others.map(({ locale, name }) => (
              <button
                key={locale}
                type="submit"
                name="locale"
                value={locale}
                lang={locale}
                className={LINK}
              >
                {name}
              </button>
            ))}
          </form>
        </div>
      </div>
    </footer>
  )
}
