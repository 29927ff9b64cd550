'use server'

import { cookies } from 'next/headers'
import { saveLocale } from '@/lib/accounts'
import { cookieName, cookieOptions } from '@/lib/platform/cookies'
import { parseLocale } from '@/lib/platform/locale'
import { beginAction } from '@/lib/platform/response'
import { currentSession } from '../_session/session'
import { LOCALE_COOKIE } from './i18n'

const YEAR_SECONDS = 365 * 24 * 60 * 60

/**
 * Stores the chosen language in a cookie and for the signed-in customer, and comes back to the
 * page. Never refused: an unknown language becomes Indonesian.
 */
export async function chooseLocale(form: FormData): Promise<void> {
  const locale = parseLocale(form.get('locale')?.toString())
  beginAction()
  const jar = await cookies()
  jar.set(cookieName(LOCALE_COOKIE), locale, { ...cookieOptions(), maxAge: YEAR_SECONDS })
  const session = await currentSession()
  if (session) await saveLocale(session.userId, locale)
}
