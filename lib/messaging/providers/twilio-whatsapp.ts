import { env } from '@/lib/platform/env'
import type { Outcome, Provider, Rendered, SendOptions } from './provider'
import { type ChannelCodes, judge, postMessage, probe } from './twilio'

/** The name of Twilio as a provider of WhatsApp. Its SMS have a rate and a breaker of their own. */
export const TWILIO_WHATSAPP = 'twilio_whatsapp'

/** The prefix of numbers in requests and reports of this channel. */
export const WHATSAPP_PREFIX = 'whatsapp:'

const CODES: ChannelCodes = {
  /** Not a number of WhatsApp, or WhatsApp does not deliver to it. */
  recipient: [21211, 21610, 63003, 63024, 63032, 63049],
  /** Our number is not one of WhatsApp, or is blocked. */
  sender: [21212, 21606, 63007, 63020, 63051, 63112],
  /** The template is missing, not approved, paused or disabled, or takes other values. */
  template: [21655, 21656, 63016, 63027, 63028, 63040, 63041, 63042],
}

/**
 * WhatsApp messages through Twilio, from approved content templates. It has no idempotency key:
 * after a lost answer a message may arrive twice.
 */
export const twilioWhatsapp: Provider = {
  name: TWILIO_WHATSAPP,
  channel: 'whatsapp',
  send,
  probe,
}

async function send({ to, template }: Rendered, { signal }: SendOptions): Promise<Outcome> {
  if (!template) throw new Error('a WhatsApp message needs a template')
  const {
    TWILIO_WHATSAPP_FROM = '',
    TWILIO_WHATSAPP_CODE_CONTENT,
    TWILIO_WHATSAPP_NOTICE_CONTENT,
  } = env()
  const contents =
    template.name === 'code' ? TWILIO_WHATSAPP_CODE_CONTENT : TWILIO_WHATSAPP_NOTICE_CONTENT
  const values = template.values.map((value, nth) => [`${nth + 1}`, value] as const)
  const form = {
    To: `${WHATSAPP_PREFIX}${to.value}`,
    From: `${WHATSAPP_PREFIX}${TWILIO_WHATSAPP_FROM}`,
    ContentSid: contents?.[template.locale] ?? '',
    ContentVariables: JSON.stringify(Object.fromEntries(values)),
  }
  return judge(await postMessage(form, signal), CODES)
}
