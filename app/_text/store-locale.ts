import 'server-only'
import { cookies } from 'next/headers'
import { saveLocale } from '@/lib/accounts'
import { cookieName, cookieOptions } from '@/lib/platform/cookies'
import { parseLocale } from '@/lib/platform/locale'
import { currentSession } from '../_session/session'
import { isCarePage } from '../care/_session/host'
import { LOCALE_COOKIE } from './locale-cookie'

const YEAR_SECONDS = 365 * 24 * 60 * 60

/**
 * Stores a chosen language in a cookie and, in the shop, for the signed-in customer: the care console
 * reads no session of a customer. An unknown language becomes Indonesian.
 */
export async function storeLocale(chosen: string | undefined): Promise<void> {
  const locale = parseLocale(chosen)
  const jar = await cookies()
  jar.set(cookieName(LOCALE_COOKIE), locale, { ...cookieOptions(), maxAge: YEAR_SECONDS })
  const session = isCarePage() ? null : await currentSession()
  if (session) await saveLocale(session.userId, locale)
}
