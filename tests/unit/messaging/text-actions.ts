import { afterEach, vi } from 'vitest'
import type { Content } from '@/lib/messaging'
import type { Locale } from '@/lib/platform/locale'
import { type Channel, EventType, Purpose } from '@/prisma/client/enums'

export const CODE = '012345'
export const AT = '2026-11-23T07:30:00.000Z'
/** The longest date of the year: 23 Sept. */
export const LATE = '2026-09-23T07:30:00.000Z'
export const CHROME =
  'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36'

export const TOKEN = 'aB3-dE5_gH7iJ9kL1mN3oQ'
export const NOTICE = { kind: 'notice', at: AT, reference: 'BCDF2345' } as const

export const PURPOSES = Object.values(Purpose)
export const EVENTS = Object.values(EventType)

export const codeFor = (purpose: Purpose, lifetimeSeconds = 600): Content => ({
  kind: 'code',
  purpose,
  code: CODE,
  lifetimeSeconds,
})
export const noticeOf = (event: EventType, device = CHROME): Content => ({
  ...NOTICE,
  event,
  device,
})
export const linkedOf = (event: EventType, at = AT): Content => ({
  ...NOTICE,
  event,
  at,
  device: CHROME,
  link: TOKEN,
  ...(event === 'erasure_requested' && { due: LATE }),
})
export const WORD: Content = {
  kind: 'caller_word',
  word: 'BCDFGHJK',
  caseNumber: 'MNPQ23',
  lifetimeSeconds: 300,
}
export const announcedAt = (at = AT): Content => ({
  ...NOTICE,
  event: 'unfreeze_announced',
  at,
  device: CHROME,
  link: TOKEN,
  vetoLink: TOKEN,
  due: LATE,
})
export const heldAt = (at = AT): Content => ({
  ...NOTICE,
  event: 'password_held',
  at,
  device: CHROME,
  link: TOKEN,
  vetoLink: TOKEN,
  due: LATE,
})
export const REGISTERED: Content = { kind: 'already_registered' }

/** A shop with the longest allowed name and number, and a host of 40 characters. */
export const LONGEST = {
  BRAND_NAME: 'Toko Serba Ada Jakar',
  APP_ORIGIN: 'https://akun.toko-serba-ada-jakarta-raya.example',
  CARE_PHONE: '+62 21-2555-6060',
}
export const LONGEST_HOST = new URL(LONGEST.APP_ORIGIN).hostname

export async function renderUnder(environment: Record<string, string> = {}) {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  vi.resetModules()
  const [{ renderMessage }, { renderEmail }, { countSeptets }] = await Promise.all([
    import('@/lib/messaging/content/render-message'),
    import('@/emails'),
    import('@/lib/messaging/content/gsm'),
  ])
  const render = (content: Content, channel: Channel, locale: Locale) =>
    renderMessage(content, channel, locale, renderEmail)
  const sms = async (content: Content, locale: Locale) =>
    (await render(content, 'sms', locale)).text
  return { render, countSeptets, sms }
}

export function every<First, Second>(first: readonly First[], second: readonly Second[]) {
  return first.flatMap((one) => second.map((two) => [one, two] as const))
}

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})
