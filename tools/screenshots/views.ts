import type { Locale } from '@/lib/platform/locale'

/** One picture of a screen: viewport width in CSS pixels, colour scheme and language. */
export type View = { width: 360 | 1366; scheme: 'light' | 'dark'; locale: Locale }

const WIDTHS = [360, 1366] as const
const SCHEMES = ['light', 'dark'] as const

/** The views of every screen in a language: phone and desktop, light and dark. */
export const viewsIn = (locale: Locale): View[] =>
  SCHEMES.flatMap((scheme) => WIDTHS.map((width) => ({ width, scheme, locale })))

export const fileOf = (name: string, { width, scheme, locale }: View) =>
  `${name}-${width}-${scheme}-${locale}.webp`
