export const LOCALES = ['id', 'en'] as const

/** The languages of pages and messages. */
export type Locale = (typeof LOCALES)[number]

/** Times are shown in Indonesian western time. */
export const TIME_ZONE = 'Asia/Jakarta'

const DEFAULT_LOCALE = 'id' satisfies Locale

/** Parses a stored or submitted language. An unknown one becomes Indonesian. */
export function parseLocale(text: string | null | undefined): Locale {
  return LOCALES.find((locale) => locale === text) ?? DEFAULT_LOCALE
}
