import { isMain, NAMES } from './screens'

/** How a screen is looked at. */
export type View = { width: 360 | 1366; scheme: 'light' | 'dark'; locale: 'id' | 'en' }

const WIDTHS = [360, 1366] as const
const SCHEMES = ['light', 'dark'] as const
const LOCALES = ['id', 'en'] as const

const FIRST: View = { width: 360, scheme: 'light', locale: 'id' }
const SECOND: View[] = [
  { width: 1366, scheme: 'light', locale: 'id' },
  { width: 360, scheme: 'dark', locale: 'id' },
  { width: 1366, scheme: 'dark', locale: 'id' },
]

const EVERY: View[] = LOCALES.flatMap((locale) => WIDTHS.flatMap((width) => SCHEMES.map((scheme) => ({ width, scheme, locale }))))

/** The views of a screen: all eight of a main one, else two, so that each kind of view has its turn. */
export function viewsOf(name: string): View[] {
  if (isMain(name)) return EVERY
  return [FIRST, ...SECOND.slice(NAMES.indexOf(name) % SECOND.length).slice(0, 1)]
}

export const fileOf = (name: string, { width, scheme, locale }: View) => `${name}-${width}-${scheme}-${locale}.webp`
