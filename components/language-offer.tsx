type Props = {
  locale: string
  text: string
  accept: string
  /** The language of the page, which the customer may keep. */
  current: string
  decline: string
  choose: (form: FormData) => Promise<void>
}

const BUTTON =
  'inline-flex min-h-11 items-center px-2 font-semibold text-accent underline underline-offset-4'

/** One line that offers another language, in that language. Either answer is remembered. */
export function LanguageOffer({ locale, text, accept, current, decline, choose }: Props) {
  return (
    <form
      action={choose}
      aria-label={text}
      className="no-print flex flex-wrap items-center justify-center gap-x-2 border-b border-line bg-tint px-4"
    >
      <span lang={locale}>{text}</span>
      <button type="submit" name="locale" value={locale} lang={locale} className={BUTTON}>
        {accept}
      </button>
      <button type="submit" name="locale" value={current} lang={current} className={BUTTON}>
        {decline}
      </button>
    </form>
  )
}
