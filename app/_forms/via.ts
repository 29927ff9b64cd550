import type { PhoneChannel } from '@/lib/messaging'

/** The name of the buttons that choose how a code goes to a number. */
export const VIA = 'via'

/** Sends the code that has gone by WhatsApp by SMS, too. */
export const SAME_CODE_BY_SMS = 'same_code_by_sms'

/** The channel that the pressed button names; undefined for a button that names none. */
export function readVia(form: FormData): PhoneChannel | undefined {
  const via = form.get(VIA)
  return via === 'whatsapp' || via === 'sms' ? via : undefined
}
