import type { Locale } from '@/lib/locale'
import type { Channel } from '@/prisma/client/enums'
import type { Content } from './content'
import { writeLetter, writeText } from './letter'
import { writeSms } from './sms'

/** A message in the words of its reader. Only an e-mail has a subject and HTML. */
export type Words = { subject?: string; text: string; html?: string }

/** Puts a content into the words of its reader: an SMS within the GSM alphabet, or an e-mail as complete plain text and as HTML. */
export async function renderMessage(content: Content, channel: Channel, locale: Locale): Promise<Words> {
  if (channel === 'sms') return { text: writeSms(content, locale) }
  const letter = writeLetter(content, locale)
  const { renderLetter } = await loadTemplates()
  return { subject: letter.subject, text: writeText(letter), html: await renderLetter(letter) }
}

/** The templates, and React with them. Only who sends needs them; the web imports this folder, too. */
export function loadTemplates() {
  return import('@/emails')
}
