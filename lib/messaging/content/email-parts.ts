import type { Locale } from '@/lib/platform/locale'
import type { EmailLink } from './email-links'

/** The next step: a button, and below it the link as text. `isUrgent`: it stops something. */
export type ActionPart = { kind: 'action'; label: string; link: string; isUrgent?: boolean }

/** A part of an e-mail. A `warning` is emphasised. An e-mail has one `action` at most. */
export type Part =
  | { kind: 'paragraph' | 'warning'; text: string }
  | { kind: 'code'; label: string; code: string }
  | { kind: 'facts'; facts: readonly Fact[] }
  | ActionPart

export type Fact = { label: string; value: string }

/**
 * The content of an e-mail. Text part and HTML part are rendered from it, so that they agree.
 * `heading` summarises the parts. Mail programs show `preview` beside the subject.
 */
export type EmailContent = {
  locale: Locale
  brand: string
  subject: string
  heading: string
  preview: string
  parts: readonly Part[]
  care: string
  links: readonly EmailLink[]
}

/** What differs between e-mails. */
export type Draft = Pick<EmailContent, 'subject' | 'heading' | 'preview' | 'parts'>
