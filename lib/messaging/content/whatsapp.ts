import type { Locale } from '@/lib/platform/locale'
import type { Template } from '../providers/provider'
import type { Content } from './content'
import { writeSms } from './sms'
import { brand, wordsIn } from './translations'

/** What the reader sees, and the approved template that shows it. */
type WhatsappWords = { text: string; template: Template }

/**
 * A message of WhatsApp. Meta writes the text around a code itself. The template of a notice takes the
 * name of the shop and what an SMS would say, with its link.
 */
export function writeWhatsapp(content: Content, locale: Locale): WhatsappWords {
  const t = wordsIn(locale)
  if (content.kind === 'code') {
    const { code } = content
    return {
      text: t('whatsapp.code', { code }),
      template: { name: 'code', locale, values: [code] },
    }
  }
  const { brand: shop } = brand()
  const sms = writeSms(content, locale).replace(/\s+/g, ' ')
  const text = sms.startsWith(`${shop}: `) ? sms.slice(shop.length + 2) : sms
  return {
    text: t('whatsapp.notice', { brand: shop, text }),
    template: { name: 'notice', locale, values: [shop, text] },
  }
}
