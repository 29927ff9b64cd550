'use server'

import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { cookieName, cookieOptions } from '@/lib/platform/cookies'
import { parseLocale } from '@/lib/platform/locale'
import { beginAction } from '@/lib/platform/response'
import { LOCALE_COOKIE } from '../_text/i18n'
import { requireCareHost } from './_session/host'
import { dropStaffSession } from './_session/staff'

const YEAR_SECONDS = 365 * 24 * 60 * 60

/** Ends the session of this browser and leads to the sign-in. Never refused. */
export async function signOut(): Promise<void> {
  await requireCareHost()
  beginAction()
  await dropStaffSession()
  redirect('/care/sign-in')
}

/**
 * Stores the chosen language in a cookie, and comes back to the page. Never refused: an unknown
 * language becomes Indonesian.
 */
export async function chooseCareLocale(form: FormData): Promise<void> {
  await requireCareHost()
  const locale = parseLocale(form.get('locale')?.toString())
  beginAction()
  const jar = await cookies()
  jar.set(cookieName(LOCALE_COOKIE), locale, { ...cookieOptions(), maxAge: YEAR_SECONDS })
}
