'use server'

import { redirect } from 'next/navigation'
import { beginAction } from '@/lib/platform/response'
import { storeLocale } from '../_text/store-locale'
import { requireCareHost } from './_session/host'
import { dropStaffSession } from './_session/staff'

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
  beginAction()
  await storeLocale(form.get('locale')?.toString())
}
