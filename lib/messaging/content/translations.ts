import { createTranslator } from 'use-intl/core'
import { env } from '@/lib/platform/env'
import { type Locale, TIME_ZONE } from '@/lib/platform/locale'
import en from '@/messages/en.json'
import id from '@/messages/id.json'
import type { NoticeContent } from './content'

const DATE = { day: 'numeric', month: 'short', year: 'numeric' } as const

const MOMENT = {
  ...DATE,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const

const LANGUAGE = { id: translatorOf('id', id), en: translatorOf('en', en) }
const COUNTRIES = { id: countriesIn('id'), en: countriesIn('en-GB') }
const CLOCK = { id: clockOf('id', MOMENT), en: clockOf('en-GB', MOMENT) }
const DAY = { id: clockOf('id', DATE), en: clockOf('en-GB', DATE) }

/** The translator for messages in one language. A missing text or value throws. */
export function wordsIn(locale: Locale) {
  return LANGUAGE[locale]
}

export function brand() {
  return { brand: env().BRAND_NAME }
}

export function care() {
  return { phone: env().CARE_PHONE, email: env().CARE_EMAIL }
}

/** The event, its time (WIB) and its reference for customer care. */
export function tell(content: NoticeContent, locale: Locale) {
  const { at, reference } = content
  return {
    happened: nameEvent(content, locale),
    at: momentOf(at, locale),
    reference,
  }
}

function nameEvent({ event, what, due }: NoticeContent, locale: Locale) {
  const t = LANGUAGE[locale]
  if (event === 'erasure_requested' && due) return t('erasureDue', { date: dayOf(due, locale) })
  if (event === 'password_held' && due) return t('heldDue', { at: momentOf(due, locale) })
  if (event === 'unfreeze_announced' && due) return t('unfreezeDue', { at: momentOf(due, locale) })
  return t(what ? `usedUp.${what}` : `happened.${event}`)
}

/** A day (WIB) in the language of a reader. */
const dayOf = (at: string, locale: Locale) => DAY[locale].format(new Date(at))

/** A time (WIB) in the language of a reader. */
export const momentOf = (at: string, locale: Locale) => `${CLOCK[locale].format(new Date(at))} WIB`

/** The URL of a secure link. */
export function secureLink(token: string) {
  return `${env().APP_ORIGIN}/secure/${token}`
}

/** The URL of a link that begins a reset. */
export function ownResetLink(token: string) {
  return `${env().APP_ORIGIN}/reset/link/${token}`
}

/** The URL of a link that stops what was announced. */
export function vetoLink(event: NoticeContent['event'], token: string) {
  const path = event === 'password_held' ? 'stop' : 'veto'
  return `${env().APP_ORIGIN}/${path}/${token}`
}

const SPOKEN_AT_ONCE = 4

/** A word in groups of four letters, as it is read out. */
export const spaced = (word: string): string =>
  Array.from({ length: Math.ceil(word.length / SPOKEN_AT_ONCE) }, (_, nth) =>
    word.slice(nth * SPOKEN_AT_ONCE, (nth + 1) * SPOKEN_AT_ONCE),
  ).join(' ')

/** The name of a country in the language of a reader. */
export function nameCountry(code: string, locale: Locale) {
  return COUNTRIES[locale].of(code) ?? code
}

export function minutesOf(seconds: number) {
  return Math.max(1, Math.floor(seconds / 60))
}

function countriesIn(locale: string) {
  return new Intl.DisplayNames(locale, { type: 'region' })
}

function clockOf(locale: string, format: Intl.DateTimeFormatOptions) {
  return new Intl.DateTimeFormat(locale, { ...format, timeZone: TIME_ZONE })
}

function translatorOf(locale: Locale, messages: typeof id) {
  return createTranslator({ locale, messages, namespace: 'message', onError: fail })
}

function fail(error: Error): never {
  throw error
}
