import { env } from '@/lib/platform/env'
import type { Channel } from '@/prisma/client/enums'
import { inbox } from './inbox'
import { meta } from './meta'
import type { Provider } from './provider'
import { resend } from './resend'
import { smtp } from './smtp'
import { twilio } from './twilio'
import { twilioWhatsapp } from './twilio-whatsapp'
import { vonage } from './vonage'

const PROVIDERS = { resend, smtp, twilio, vonage }
const OF_WHATSAPP = { meta, twilio: twilioWhatsapp }

/**
 * The providers of a channel in the order in which they are tried; the local inbox while none is
 * configured.
 */
export function providersOf(channel: Channel): readonly Provider[] {
  const { hasInbox, EMAIL_PROVIDERS = [], SMS_PROVIDERS = [], WHATSAPP_PROVIDERS = [] } = env()
  if (hasInbox) return [inbox(channel)]
  if (channel === 'whatsapp') return WHATSAPP_PROVIDERS.map((name) => OF_WHATSAPP[name])
  return (channel === 'email' ? EMAIL_PROVIDERS : SMS_PROVIDERS).map((name) => PROVIDERS[name])
}
