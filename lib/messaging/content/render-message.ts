import type { Locale } from '@/lib/platform/locale'
import type { Channel } from '@/prisma/client/enums'
import type { Template } from '../providers/provider'
import type { Content } from './content'
import { writeEmailContent, writeText } from './email-content'
import type { EmailContent } from './email-parts'
import { writeSms } from './sms'
import { writeWhatsapp } from './whatsapp'

/** The texts of a message. Only an e-mail has a subject and HTML, and only a WhatsApp message a template. */
export type Words = { subject?: string; text: string; html?: string; template?: Template }

/**
 * Renders the HTML part of an e-mail. The worker process provides it, so that no other process
 * loads the templates.
 */
export type RenderEmail = (email: EmailContent) => Promise<string>

/**
 * Renders a message in the language of its reader: an SMS within the GSM alphabet, the template of a
 * WhatsApp message, or an e-mail as complete plain text and as HTML.
 */
export async function renderMessage(
  content: Content,
  channel: Channel,
  locale: Locale,
  renderEmail: RenderEmail,
): Promise<Words> {
  if (channel === 'whatsapp') return writeWhatsapp(content, locale)
  if (channel === 'sms') return { text: writeSms(content, locale) }
  const email = writeEmailContent(content, locale)
  return { subject: email.subject, text: writeText(email), html: await renderEmail(email) }
}
