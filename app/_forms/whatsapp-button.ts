import 'server-only'
import { getTranslations } from 'next-intl/server'
import { env } from '@/lib/platform/env'
import { VIA } from './via'

/** The second button of a form whose code may go by WhatsApp; undefined where the shop has none. */
export async function whatsappButton() {
  if (!env().hasWhatsapp) return undefined
  const t = await getTranslations('code')
  return { name: VIA, value: 'whatsapp', label: t('byWhatsapp') }
}
