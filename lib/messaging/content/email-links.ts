import { env } from '@/lib/platform/env'
import type { Content } from './content'
import { care, secureLink } from './translations'

/** A text that becomes a link wherever it occurs in an e-mail, and the target of the link. */
export type EmailLink = { words: string; href: string }

/** The links of an e-mail: actions of its reader, and customer care. */
export function listLinks(content: Content): EmailLink[] {
  const { phone, email } = care()
  const stop =
    content.kind === 'notice' && content.link !== undefined ? [secureLink(content.link)] : []
  const reminded = content.kind === 'reminder' ? [profileLink()] : []
  return [
    ...[...stop, ...reminded, loginLink(), resetLink()].map((link) => ({
      words: link,
      href: link,
    })),
    { words: email, href: `mailto:${email}` },
    { words: phone, href: `tel:${phone.replace(/[^\d+]/g, '')}` },
  ]
}

export function loginLink() {
  return `${env().APP_ORIGIN}/login`
}

export function profileLink() {
  return `${env().APP_ORIGIN}/profile`
}

export function resetLink() {
  return `${env().APP_ORIGIN}/reset`
}
