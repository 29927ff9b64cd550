import type { Cookie } from 'playwright-core'
import type { Visitors } from './visitors'

/** A page, and the cookies to open it with. `hasForm`: the page validates a form in the browser. */
export type MeasuredPage = { name: string; url: string; cookies: Cookie[]; hasForm: boolean }

const STRANGER: Cookie[] = []

/** The pages that are measured, without the empty page. `resetting`: cookies of a reset. */
export function listMeasuredPages(
  origin: string,
  { customer, secureLink }: Visitors,
  resetting: Cookie[],
): MeasuredPage[] {
  const page = (path: string, cookies: Cookie[], hasForm: boolean, name = path) => ({
    name,
    url: origin + path,
    cookies,
    hasForm,
  })
  return [
    page('/', STRANGER, false, '/ signed out'),
    page('/', customer, false, '/ with the pop-up'),
    page('/login', STRANGER, true),
    page('/register', STRANGER, true),
    page('/reset', STRANGER, true),
    page('/reset/code', resetting, true),
    page('/profile', customer, false),
    page('/profile/recovery', customer, true),
    page('/profile/phone', customer, true),
    page('/profile/activity', customer, false),
    page(secureLink, STRANGER, true, '/secure/<token>'),
    page('/help', STRANGER, false),
  ]
}

export const EMPTY_PAGE = 'empty page'

/** An empty page of Next, the baseline of all others. */
export const createEmptyPage = (url: string): MeasuredPage => ({
  name: EMPTY_PAGE,
  url,
  cookies: STRANGER,
  hasForm: false,
})

/** Whether two URLs are the same, with or without the slash after an origin. */
export const isSamePage = (one: string, other: string): boolean =>
  new URL(one).href === new URL(other).href
