import { LANGUAGE_FIELD, PAGE_FORM_ID } from './form/page-form'

type Props = {
  links: { href: string; label: string }[]
  note: string
  language: LanguagesProps
}

type LanguagesProps = {
  label: string
  others: { locale: string; name: string }[]
  choose: (form: FormData) => Promise<void>
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
          <Languages {...language} />
        </div>
      </div>
    </footer>
  )
}

/**
 * The buttons of the other languages. Without JavaScript, those of a page with a form belong to that form,
 * which keeps what was typed; globals.css hides the others there.
 */
function Languages({ label, others, choose }: LanguagesProps) {
  const buttons = (name: string, form?: string) =>
    others.map(({ locale, name: language }) => (
      <button
        key={locale}
        type="submit"
        form={form}
        name={name}
        value={locale}
        lang={locale}
        className={LINK}
      >
        {language}
      </button>
    ))
  return (
    <>
      <noscript>
        <fieldset aria-label={label} className="languages-of-form">
          {buttons(LANGUAGE_FIELD, PAGE_FORM_ID)}
        </fieldset>
      </noscript>
      <form action={choose} aria-label={label} className="languages-alone">
        {buttons('locale')}
      </form>
    </>
  )
}
