import { createTranslator } from 'use-intl/core'
import { env } from '@/lib/env'
import type { Locale } from '@/lib/locale'
import en from '@/messages/en.json'
import id from '@/messages/id.json'
import type { Channel } from '@/prisma/client/enums'
import type { CodeContent, Content, NoticeContent } from './content'
import { describeDevice } from './device'
import { countSeptets, foldToGsm } from './gsm'

/** An SMS with a code stays below the 140 characters up to which every telephone reads the code out of it by itself. */
const CODE_SMS_SEPTETS = 140

const MOMENT = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

const LANGUAGE = { id: translatorOf('id', id), en: translatorOf('en', en) }
const CLOCK = { id: clockOf('id'), en: clockOf('en-GB') }

type Words = { subject?: string; text: string }

/** Puts a content into the words of its reader: an SMS within the GSM alphabet, or an e-mail as a complete plain text. */
export function render(content: Content, channel: Channel, locale: Locale): Words {
  return channel === 'sms' ? { text: foldToGsm(writeSms(content, locale)) } : writeEmail(content, locale)
}

function writeSms(content: Content, locale: Locale): string {
  const t = LANGUAGE[locale]
  switch (content.kind) {
    case 'code':
      return writeCodeSms(content, locale)
    case 'already_registered':
      return t('sms.alreadyRegistered', brand())
    case 'notice':
      return t('sms.notice', { ...brand(), ...care(), ...tell(content, locale) })
    default:
      return content satisfies never
  }
}

/**
 * The code first, for the preview on a locked screen; last the line that binds it to our host, so that a browser offers it to
 * no other site (WICG origin-bound one-time codes). Where a long name and a long host leave no room, the words between shrink.
 */
function writeCodeSms({ code, purpose, lifetimeSeconds }: CodeContent, locale: Locale): string {
  const t = LANGUAGE[locale]
  const binding = t('sms.binding', { code, host: new URL(env().APP_ORIGIN).hostname })
  const values = { ...brand(), code, minutes: minutesOf(lifetimeSeconds) }
  const full = `${t('sms.code', { ...values, topic: t(`topic.${purpose}`) })}\n${binding}`
  if ((countSeptets(foldToGsm(full)) ?? 0) <= CODE_SMS_SEPTETS) return full
  return `${t('sms.shortCode', { ...values, topic: t(`shortTopic.${purpose}`) })}\n${binding}`
}

function writeEmail(content: Content, locale: Locale): Words {
  switch (content.kind) {
    case 'code':
      return writeCodeEmail(content, locale)
    case 'already_registered':
      return writeAlreadyRegisteredEmail(locale)
    case 'notice':
      return writeNoticeEmail(content, locale)
    default:
      return content satisfies never
  }
}

function writeCodeEmail({ code, purpose, lifetimeSeconds }: CodeContent, locale: Locale): Words {
  const t = LANGUAGE[locale]
  const values = { ...brand(), code, topic: t(`topic.${purpose}`), minutes: minutesOf(lifetimeSeconds) }
  const parts = ['code', 'use', 'warning', 'unasked'] as const
  return {
    subject: t('email.code.subject', values),
    text: letter(locale, ...parts.map((part) => t(`email.code.${part}`, values))),
  }
}

function writeAlreadyRegisteredEmail(locale: Locale): Words {
  const t = LANGUAGE[locale]
  const values = { ...brand(), loginLink: `${env().APP_ORIGIN}/login`, resetLink: `${env().APP_ORIGIN}/reset` }
  const parts = ['opening', 'itWasMe', 'itWasNotMe'] as const
  return {
    subject: t('email.alreadyRegistered.subject', values),
    text: letter(locale, ...parts.map((part) => t(`email.alreadyRegistered.${part}`, values))),
  }
}

function writeNoticeEmail(content: NoticeContent, locale: Locale): Words {
  const t = LANGUAGE[locale]
  const told = { ...brand(), ...tell(content, locale), link: `${env().APP_ORIGIN}/reset` }
  const facts = [
    t('email.notice.at', told),
    t('email.notice.device', { device: nameDevice(content.device, locale) }),
    content.address && t('email.notice.address', { address: content.address }),
    t('email.notice.reference', told),
  ]
  return {
    subject: t('email.notice.subject', told),
    text: letter(
      locale,
      t('email.notice.opening', told),
      facts.filter(Boolean).join('\n'),
      t('email.notice.itWasMe'),
      t('email.notice.itWasNotMe', told),
    ),
  }
}

function letter(locale: Locale, ...paragraphs: string[]) {
  return [...paragraphs, LANGUAGE[locale]('email.care', { ...brand(), ...care() })].join('\n\n')
}

function tell({ event, at, reference }: NoticeContent, locale: Locale) {
  return { happened: LANGUAGE[locale](`happened.${event}`), at: `${CLOCK[locale].format(new Date(at))} WIB`, reference }
}

function nameDevice(userAgent: string, locale: Locale) {
  const device = describeDevice(userAgent)
  return device ? LANGUAGE[locale]('device.known', device) : LANGUAGE[locale]('device.unknown')
}

function brand() {
  return { brand: env().BRAND_NAME }
}

function care() {
  return { phone: env().CARE_PHONE, email: env().CARE_EMAIL }
}

function minutesOf(seconds: number) {
  return Math.max(1, Math.floor(seconds / 60))
}

function clockOf(locale: string) {
  return new Intl.DateTimeFormat(locale, { ...MOMENT, timeZone: 'Asia/Jakarta' })
}

function translatorOf(locale: Locale, messages: typeof id) {
  return createTranslator({ locale, messages, namespace: 'message', onError: fail })
}

function fail(error: Error): never {
  throw error
}
