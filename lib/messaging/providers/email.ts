/** Headers that stop automatic replies (RFC 3834). */
export const EMAIL_HEADERS = {
  'Auto-Submitted': 'auto-generated',
  'X-Auto-Response-Suppress': 'All',
} as const
