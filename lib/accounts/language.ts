import { db } from '@/lib/platform/db'
import type { Locale } from '@/lib/platform/locale'

/** Keeps the language that a customer chose: messages are written in it, and another browser begins with it. */
export async function saveLocale(userId: string, locale: Locale): Promise<void> {
  await db().user.update({ where: { id: userId }, data: { locale } })
}
