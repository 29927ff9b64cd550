export const LOCALES = ['id', 'en'] as const

/** The languages a customer can read; Indonesian unless chosen otherwise. */
export type Locale = (typeof LOCALES)[number]

const DEFAULT_LOCALE = 'id' satisfies Locale

/** Reads a stored or submitted language; anything unknown is the default. */
export function parseLocale(text: string | null | undefined): Locale {
  return LOCALES.find((locale) => locale === text) ?? DEFAULT_LOCALE
}
