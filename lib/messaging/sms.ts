import { env } from '@/lib/env'
import type { Locale } from '@/lib/locale'
import type { CodeContent, Content } from './content'
import { countSeptets, foldToGsm } from './gsm'
import { brand, care, minutesOf, tell, wordsIn } from './words'

/** An SMS with a code stays below the 140 characters up to which every telephone reads the code out of it by itself. */
const CODE_SMS_SEPTETS = 140

/** The text of an SMS, within the GSM alphabet. */
export function writeSms(content: Content, locale: Locale): string {
  const t = wordsIn(locale)
  switch (content.kind) {
    case 'code':
      return writeCode(content, locale)
    case 'already_registered':
      return foldToGsm(t('sms.alreadyRegistered', brand()))
    case 'notice':
      // Neither device nor country: with the longest brand and event, 160 septets have no room for them.
      return foldToGsm(t('sms.notice', { ...brand(), ...care(), ...tell(content, locale) }))
    default:
      return content satisfies never
  }
}

/**
 * The code first, for the preview on a locked screen; last the line that binds it to our host, so that a browser offers it to
 * no other site (WICG origin-bound one-time codes). Where a long name and a long host leave no room, the words between shrink.
 */
function writeCode({ code, purpose, lifetimeSeconds }: CodeContent, locale: Locale): string {
  const t = wordsIn(locale)
  const binding = t('sms.binding', { code, host: new URL(env().APP_ORIGIN).hostname })
  const values = { ...brand(), code, minutes: minutesOf(lifetimeSeconds) }
  const full = foldToGsm(`${t('sms.code', { ...values, topic: t(`topic.${purpose}`) })}\n${binding}`)
  if ((countSeptets(full) ?? 0) <= CODE_SMS_SEPTETS) return full
  return foldToGsm(`${t('sms.shortCode', { ...values, topic: t(`shortTopic.${purpose}`) })}\n${binding}`)
}
