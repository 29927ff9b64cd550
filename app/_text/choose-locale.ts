'use server'

import { beginAction } from '@/lib/platform/response'
import { storeLocale } from './store-locale'

/**
 * Stores the chosen language in a cookie and for the signed-in customer, and comes back to the
 * page. Never refused: an unknown language becomes Indonesian.
 */
export async function chooseLocale(form: FormData): Promise<void> {
  beginAction()
  await storeLocale(form.get('locale')?.toString())
}
