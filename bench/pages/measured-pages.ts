import type { Visitors } from './visitors'

/**
 * A page, and the Cookie header to open it with. `hasForm`: the page validates a form in the
 * browser.
 */
export type MeasuredPage = { name: string; url: string; cookies: string; hasForm: boolean }

/** The pages that are measured, without the empty page. */
export function listMeasuredPages(
  origin: string,
  { stranger, customer, resetting, secureLink }: Visitors,
): MeasuredPage[] {
  const page = (path: string, cookies: string, hasForm: boolean, name = path) => ({
    name,
    url: origin + path,
    cookies,
    hasForm,
  })
  return [
    page('/', stranger, false, '/ signed out'),
    page('/', customer, false, '/ with the pop-up'),
    page('/login', stranger, true),
    page('/register', stranger, true),
    page('/reset', stranger, true),
    page('/reset/code', resetting, true),
    page('/profile', customer, false),
    page('/profile/recovery', customer, true),
    page('/profile/phone', customer, true),
    page('/profile/activity', customer, false),
    page(secureLink, stranger, true, '/secure/<token>'),
    page('/help', stranger, false),
  ]
}

export const EMPTY_PAGE = 'empty page'

/** An empty page of Next, the baseline of all others. */
export const createEmptyPage = (url: string): MeasuredPage => ({
  name: EMPTY_PAGE,
  url,
  cookies: '',
  hasForm: false,
})
