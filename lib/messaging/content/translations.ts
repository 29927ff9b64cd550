import { createTranslator } from 'use-intl/core'
import { env } from '@/lib/platform/env'
import type { Locale } from '@/lib/platform/locale'
import en from '@/messages/en.json'
import id from '@/messages/id.json'
import type { NoticeContent } from './content'

const MOMENT = {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const

const LANGUAGE = { id: translatorOf('id', id), en: translatorOf('en', en) }
const COUNTRIES = { id: countriesIn('id'), en: countriesIn('en-GB') }
const CLOCK = { id: clockOf('id'), en: clockOf('en-GB') }

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
export function tell({ event, what, at, reference }: NoticeContent, locale: Locale) {
  return {
    happened: LANGUAGE[locale](what ? `usedUp.${what}` : `happened.${event}`),
    at: `${CLOCK[locale].format(new Date(at))} WIB`,
    reference,
  }
}

/** The URL of a secure link. */
export function secureLink(token: string) {
  return `${env().APP_ORIGIN}/secure/${token}`
}

/** The URL of a link that begins a reset. */
export function ownResetLink(token: string) {
  return `${env().APP_ORIGIN}/reset/link/${token}`
}

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

function clockOf(locale: string) {
  return new Intl.DateTimeFormat(locale, { ...MOMENT, timeZone: 'Asia/Jakarta' })
}

function translatorOf(locale: Locale, messages: typeof id) {
  return createTranslator({ locale, messages, namespace: 'message', onError: fail })
}

function fail(error: Error): never {
  throw error
}
