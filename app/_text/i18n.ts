import { cookies } from 'next/headers'
import type {} from 'next-intl'
import { getRequestConfig } from 'next-intl/server'
import { cookieName } from '@/lib/platform/cookies'
import { type Locale, parseLocale } from '@/lib/platform/locale'
import en from '@/messages/en.json'
import id from '@/messages/id.json'
import { currentSession } from '../_session/session'
import { isCarePage } from '../care/_session/host'
import { LOCALE_COOKIE } from './locale-cookie'

/** The message catalogue. Indonesian is the original; every other language has the same keys. */
export type Messages = typeof id

const catalogues: Record<Locale, Messages> = { id, en }

declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale
    Messages: Messages
  }
}

/** `asked`: a translation that is asked for in one language, whatever the page is written in. */
export default getRequestConfig(async ({ locale: asked }) => {
  if (asked) return configOf(parseLocale(asked))
  const chosen = (await cookies()).get(cookieName(LOCALE_COOKIE))?.value
  // The care console reads no session of a customer.
  if (isCarePage()) return configOf(parseLocale(chosen))
  return configOf(parseLocale(chosen ?? (await currentSession())?.locale))
})

const configOf = (locale: Locale) => ({
  locale,
  timeZone: 'Asia/Jakarta',
  messages: catalogues[locale],
})
