import { env } from '@/lib/platform/env'
import type { Channel } from '@/prisma/client/enums'
import { inbox } from './inbox'
import type { Provider } from './provider'
import { resend } from './resend'
import { smtp } from './smtp'
import { twilio } from './twilio'
import { vonage } from './vonage'

const PROVIDERS = { resend, smtp, twilio, vonage }

/**
 * The providers of a channel in the order in which they are tried; the local inbox while none is
 * configured.
 */
export function providersOf(channel: Channel): readonly Provider[] {
  const { hasInbox, EMAIL_PROVIDERS = [], SMS_PROVIDERS = [] } = env()
  if (hasInbox) return [inbox(channel)]
  return (channel === 'email' ? EMAIL_PROVIDERS : SMS_PROVIDERS).map((name) => PROVIDERS[name])
}
