import { env } from '@/lib/platform/env'
import { TWILIO_WHATSAPP } from './twilio-whatsapp'

/** Messages that a provider accepts in a second, by setting; undefined without a limit. */
export function rateOf(provider: string): number | undefined {
  const { RESEND_PER_SECOND, SMTP_PER_SECOND, TWILIO_PER_SECOND, VONAGE_PER_SECOND } = env()
  const { META_PER_SECOND, TWILIO_WHATSAPP_PER_SECOND } = env()
  const rates: Record<string, number | undefined> = {
    resend: RESEND_PER_SECOND,
    smtp: SMTP_PER_SECOND,
    twilio: TWILIO_PER_SECOND,
    vonage: VONAGE_PER_SECOND,
    meta: META_PER_SECOND,
    [TWILIO_WHATSAPP]: TWILIO_WHATSAPP_PER_SECOND,
  }
  return rates[provider]
}
