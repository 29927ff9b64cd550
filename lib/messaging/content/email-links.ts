import { env } from '@/lib/platform/env'
import type { Content, NoticeContent } from './content'
import { care, ownResetLink, secureLink, vetoLink } from './translations'

/** A text that becomes a link wherever it occurs in an e-mail, and the target of the link. */
export type EmailLink = { words: string; href: string }

/** The links of an e-mail: actions of its reader, and customer care. */
export function listLinks(content: Content): EmailLink[] {
  const { phone, email } = care()
  const own = content.kind === 'notice' ? linksOf(content) : []
  const reminded = content.kind === 'reminder' ? [profileLink()] : []
  return [
    ...[...own, ...reminded, loginLink(), resetLink()].map((link) => ({
      words: link,
      href: link,
    })),
    { words: email, href: `mailto:${email}` },
    { words: phone, href: `tel:${phone.replace(/[^\d+]/g, '')}` },
  ]
}

function linksOf({ event, link, resetLink: token, vetoLink: veto }: NoticeContent) {
  return [
    ...(veto === undefined ? [] : [vetoLink(event, veto)]),
    ...(token === undefined ? [] : [ownResetLink(token)]),
    ...(link === undefined ? [] : [secureLink(link)]),
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
