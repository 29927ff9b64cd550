import type { Locale } from '@/lib/platform/locale'

/** How a screen is looked at. */
export type View = { width: 360 | 1366; scheme: 'light' | 'dark'; locale: Locale }

const WIDTHS = [360, 1366] as const
const SCHEMES = ['light', 'dark'] as const

/** The views of every screen in a language: on a telephone and on a desktop, light and dark. */
export const viewsIn = (locale: Locale): View[] =>
  SCHEMES.flatMap((scheme) => WIDTHS.map((width) => ({ width, scheme, locale })))

export const fileOf = (name: string, { width, scheme, locale }: View) =>
  `${name}-${width}-${scheme}-${locale}.webp`
