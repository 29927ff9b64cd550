import 'server-only'
import Negotiator from 'negotiator'
import { cookies, headers } from 'next/headers'
import { cookieName } from '@/lib/platform/cookies'
import { LOCALES, type Locale } from '@/lib/platform/locale'
import { currentSession } from '../_session/session'
import { LOCALE_COOKIE } from './locale-cookie'

/**
 * A language that the browser prefers to the one of the page, to be offered: on a visit before any
 * language was chosen, without a session. Every language other than Indonesian counts as English.
 * Undefined when there is nothing to offer.
 */
export async function preferredLocale(): Promise<Locale | undefined> {
  const jar = await cookies()
  if (jar.has(cookieName(LOCALE_COOKIE)) || (await currentSession())) return undefined
  const accepted = (await headers()).get('accept-language')
  if (!accepted) return undefined
  const [first = 'id'] = new Negotiator({ headers: { 'accept-language': accepted } }).languages()
  const language = first.split('-')[0]
  if (language === 'id' || first === '*') return undefined
  return LOCALES.find((locale) => locale === language) ?? 'en'
}
