import 'server-only'
import { getLocale } from 'next-intl/server'
import { countryOf } from '@/lib/platform/geo'
import { type Locale, TIME_ZONE } from '@/lib/platform/locale'
import { describeDevice } from '@/lib/platform/user-agent'
import { getFormatter, getTranslations } from './translations'

const MOMENT = {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const

/** A device in words, "Chrome di Android"; undefined for an unknown user agent. */
export async function formatDevice(userAgent: string): Promise<string | undefined> {
  const t = await getTranslations('message.device')
  const device = describeDevice(userAgent)
  return device && t('known', device)
}

/** The name of the country of an IP address; undefined when it is unknown. */
export async function formatCountry(ip: string): Promise<string | undefined> {
  const country = countryOf(ip)
  return country && nameCountry(country)
}

/** The name of a country by its ISO code. */
export async function nameCountry(code: string): Promise<string | undefined> {
  return new Intl.DisplayNames(await getLocale(), { type: 'region' }).of(code)
}

/**
 * A time in Indonesian western time: "23 Nov 2026, 14.30 WIB"; by default in the language of the
 * page.
 */
export async function formatMoment(at: Date, locale?: Locale): Promise<string> {
  const format = await getFormatter(locale)
  return `${format.dateTime(at, MOMENT)}\u00a0WIB`
}

/** The time of day in Indonesian western time: "14.30 WIB". */
export async function formatTime(at: Date): Promise<string> {
  return `${(await getFormatter()).dateTime(at, TIME)}\u00a0WIB`
}

const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

/** The day of a time in Indonesian western time, as "2026-11-23". */
export const dayOf = (at: Date): string => DAY.format(at)

/** The Swedish notation of a date is that of ISO 8601. */
const DAY = new Intl.DateTimeFormat('sv', { timeZone: TIME_ZONE })

/** A day of `dayOf` in words: "Hari ini, 23 November 2026", "Senin, 16 November 2026". */
export async function formatDay(day: string, now: Date): Promise<string> {
  const [t, format] = await Promise.all([getTranslations('activity'), getFormatter()])
  const noon = new Date(`${day}T12:00:00+07:00`)
  const date = format.dateTime(noon, DATE)
  if (day === dayOf(now)) return t('today', { date })
  if (day === dayOf(new Date(now.getTime() - DAY_MS))) return t('yesterday', { date })
  return format.dateTime(noon, { weekday: 'long', ...DATE })
}

const DATE = { day: 'numeric', month: 'long', year: 'numeric' } as const

const DAY_MS = 24 * 60 * 60 * 1_000
