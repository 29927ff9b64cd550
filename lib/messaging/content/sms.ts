import { env } from '@/lib/platform/env'
import type { Locale } from '@/lib/platform/locale'
import type {
  CallerWordContent,
  CodeContent,
  Content,
  IncidentContent,
  NoticeContent,
} from './content'
import { countSeptets, foldToGsm } from './gsm'
import {
  brand,
  care,
  minutesOf,
  momentOf,
  ownResetLink,
  secureLink,
  spaced,
  tell,
  vetoLink,
  wordsIn,
} from './translations'

/** Up to 140 characters, every telephone recognises the code in an SMS. */
const CODE_SMS_SEPTETS = 140

/** The septets of one SMS. */
const SEGMENT_SEPTETS = 160

/** The text of an SMS, within the GSM alphabet. */
export function writeSms(content: Content, locale: Locale): string {
  const t = wordsIn(locale)
  switch (content.kind) {
    case 'code':
      return writeCode(content, locale)
    case 'already_registered':
      return foldToGsm(t('sms.alreadyRegistered', brand()))
    case 'caller_word':
      return writeWord(content, locale)
    case 'reminder':
      return foldToGsm(t('sms.reminder', { ...brand(), link: `${env().APP_ORIGIN}/profile` }))
    case 'notice':
      return writeNotice(content, locale)
    case 'incident':
      return writeIncident(content, locale)
    default:
      return content satisfies never
  }
}

/** No link and no code: the reader does nothing with it but read it out. */
function writeWord({ word, caseNumber }: CallerWordContent, locale: Locale): string {
  const values = { ...brand(), word: spaced(word), number: caseNumber }
  return foldToGsm(wordsIn(locale)('sms.callerWord', values))
}

/** The law asks for what happened, when, and what to do, so it may take several SMS. */
function writeIncident(content: IncidentContent, locale: Locale): string {
  const { at, reference } = content
  const facts = { at: momentOf(at, locale), reference }
  const values = { ...brand(), ...care(), ...content[locale], ...facts }
  return foldToGsm(wordsIn(locale)('sms.incident', values))
}

/**
 * The event and the secure link. If they exceed one SMS, a shorter text keeps the link. Device and
 * country never fit.
 */
function writeNotice(content: NoticeContent, locale: Locale): string {
  const t = wordsIn(locale)
  const told = { ...brand(), ...tell(content, locale) }
  if (content.times !== undefined) return writeJoined(content, content.times, locale)
  if (content.link === undefined) return foldToGsm(t('sms.noticeUnlinked', { ...told, ...care() }))
  const linked = { ...told, link: smsLink(content) }
  const form = formOf(content)
  const full = foldToGsm(t(`sms.${form}`, linked))
  return (countSeptets(full) ?? 0) <= SEGMENT_SEPTETS
    ? full
    : foldToGsm(t(`sms.${form}Short`, linked))
}

/** Wrong answers of strangers are no reason to freeze, but can keep the owner out. */
function smsLink({ event, link = '', resetLink, vetoLink: veto }: NoticeContent) {
  if (veto !== undefined) return vetoLink(event, veto)
  return resetLink === undefined ? secureLink(link) : ownResetLink(resetLink)
}

function formOf({ event, resetLink, vetoLink: veto }: NoticeContent) {
  if (veto !== undefined) return event === 'password_held' ? 'noticeHeld' : 'noticeVeto'
  if (resetLink !== undefined) return 'noticeUsedUp'
  return event === 'frozen' || event === 'unfreeze_vetoed' ? 'noticeFrozen' : 'notice'
}

/** Several equal events: how many. */
function writeJoined({ link = '' }: NoticeContent, times: number, locale: Locale): string {
  const values = { ...brand(), times, link: secureLink(link) }
  return foldToGsm(wordsIn(locale)('sms.noticeDevices', values))
}

/**
 * The code is at the start, for the preview on a locked screen. The last line binds it to our host,
 * so that browsers offer it to no other site (WICG origin-bound one-time codes). With a long shop
 * name or host, the text between is shorter.
 */
function writeCode({ code, purpose, lifetimeSeconds }: CodeContent, locale: Locale): string {
  const t = wordsIn(locale)
  const binding = t('sms.binding', { code, host: new URL(env().APP_ORIGIN).hostname })
  const values = { ...brand(), code, minutes: minutesOf(lifetimeSeconds) }
  const full = foldToGsm(
    `${t('sms.code', { ...values, topic: t(`topic.${purpose}`) })}\n${binding}`,
  )
  if ((countSeptets(full) ?? 0) <= CODE_SMS_SEPTETS) return full
  return foldToGsm(
    `${t('sms.shortCode', { ...values, topic: t(`shortTopic.${purpose}`) })}\n${binding}`,
  )
}
