import { env } from '@/lib/platform/env'

/** Headers that stop automatic replies (RFC 3834). */
export const EMAIL_HEADERS = {
  'Auto-Submitted': 'auto-generated',
  'X-Auto-Response-Suppress': 'All',
} as const

/** The name and the address of EMAIL_FROM, whose form lib/platform/env-schema.ts has checked. */
export function emailSender(): { name: string; address: string } {
  const { EMAIL_FROM = '' } = env()
  const start = EMAIL_FROM.lastIndexOf('<')
  if (start === -1) return { name: '', address: EMAIL_FROM }
  const name = EMAIL_FROM.slice(0, start).trim()
  return { name: name.replace(/^"|"$/g, ''), address: EMAIL_FROM.slice(start + 1, -1) }
}

/**
 * EMAIL_FROM as a header. The name is quoted: text in brackets would be a comment, which mail
 * programs do not show (RFC 5322 3.2.2).
 */
export function formatSender(): string {
  const { name, address } = emailSender()
  return name ? `"${name.replaceAll('\\', '\\\\')}" <${address}>` : address
}
