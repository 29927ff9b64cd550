import type { Visitors } from './visitors'

/** A page as somebody sees it. `hasForm`: it has a form that is checked while it is filled in. */
export type View = { name: string; url: string; cookies: string; hasForm: boolean }

/** The pages that are measured. */
export function listViews(
  origin: string,
  { stranger, customer, resetting, secureLink }: Visitors,
): View[] {
  const view = (path: string, cookies: string, hasForm: boolean, name = path) => ({
    name,
    url: origin + path,
    cookies,
    hasForm,
  })
  return [
    view('/', stranger, false, '/ signed out'),
    view('/', customer, false, '/ with the pop-up'),
    view('/login', stranger, true),
    view('/register', stranger, true),
    view('/reset', stranger, true),
    view('/reset/code', resetting, true),
    view('/profile', customer, false),
    view('/profile/recovery', customer, true),
    view('/profile/phone', customer, true),
    view('/profile/activity', customer, false),
    view(secureLink, stranger, true, '/secure/<token>'),
    view('/help', stranger, false),
  ]
}

export const EMPTY = 'empty page'

/** The framework's own, which every page of ours is measured against. */
export const emptyView = (url: string): View => ({ name: EMPTY, url, cookies: '', hasForm: false })
