import { cookies } from 'next/headers'
import type {} from 'next-intl'
import { getRequestConfig } from 'next-intl/server'
import { cookieName } from '@/lib/platform/cookies'
import { type Locale, parseLocale, TIME_ZONE } from '@/lib/platform/locale'
import { currentSession } from '../_session/session'
import { isCarePage } from '../care/_session/host'
import { LOCALE_COOKIE } from './locale-cookie'

declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale
  }
}

/**
 * The language and the time zone of the page. `translations.ts` has the messages. Without a time
 * zone, next-intl reads that of the host in each request, which takes time.
 */
export default getRequestConfig(async () => ({
  locale: await chooseLanguage(),
  timeZone: TIME_ZONE,
}))

async function chooseLanguage(): Promise<Locale> {
  const chosen = (await cookies()).get(cookieName(LOCALE_COOKIE))?.value
  // The care console reads no session of a customer.
  if (isCarePage()) return parseLocale(chosen)
  return parseLocale(chosen ?? (await currentSession())?.locale)
}
