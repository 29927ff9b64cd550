import { db } from '@/lib/platform/db'
import type { Locale } from '@/lib/platform/locale'

/** Stores the language that a customer chose. Messages and other browsers use it. */
export async function saveLocale(userId: string, locale: Locale): Promise<void> {
  await db().user.update({ where: { id: userId }, data: { locale } })
}
