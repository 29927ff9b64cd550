'use server'

import { cookies } from 'next/headers'
import { saveLocale } from '@/lib/accounts'
import { parseLocale } from '@/lib/platform/locale'
import { cookieName, cookieOptions } from '../_session/auth'
import { currentSession } from '../_session/session'
import { LOCALE_COOKIE } from './i18n'

const YEAR_SECONDS = 365 * 24 * 60 * 60

/** Keeps the chosen language in the browser and on the signed-in customer; the page comes back in it. */
export async function chooseLocale(form: FormData): Promise<void> {
  const locale = parseLocale(form.get('locale')?.toString())
  const jar = await cookies()
  jar.set(cookieName(LOCALE_COOKIE), locale, { ...cookieOptions(), maxAge: YEAR_SECONDS })
  const session = await currentSession()
  if (session) await saveLocale(session.userId, locale)
}
