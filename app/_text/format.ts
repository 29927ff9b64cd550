import 'server-only'
import { getFormatter, getLocale, getTranslations } from 'next-intl/server'
import { countryOf } from '@/lib/platform/geo'
import { describeDevice } from '@/lib/platform/user-agent'

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
  return country && new Intl.DisplayNames(await getLocale(), { type: 'region' }).of(country)
}

/** A time in Indonesian western time: "23 Nov 2026, 14.30 WIB". */
export async function formatMoment(at: Date): Promise<string> {
  return `${(await getFormatter()).dateTime(at, MOMENT)}\u00a0WIB`
}
