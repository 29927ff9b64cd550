import { afterEach, describe, expect, it, vi } from 'vitest'
import { LOCALES, type Locale } from '@/lib/locale'
import type { Content } from '@/lib/messaging'
import { type Channel, EventType, Purpose } from '@/prisma/client/enums'

const CODE = '012345'
const AT = '2026-11-23T07:30:00.000Z'
/** The longest date of the year: 23 Sept. */
const LATE = '2026-09-23T07:30:00.000Z'
const CHROME = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36'

const TOKEN = 'aB3-dE5_gH7iJ9kL1mN3oQ'
const NOTICE = { kind: 'notice', at: AT, reference: 'BCDF2345' } as const

const PURPOSES = Object.values(Purpose)
const EVENTS = Object.values(EventType)

const codeFor = (purpose: Purpose, lifetimeSeconds = 600): Content => ({ kind: 'code', purpose, code: CODE, lifetimeSeconds })
const noticeOf = (event: EventType, device = CHROME): Content => ({ ...NOTICE, event, device })
const linkedOf = (event: EventType, at = AT): Content => ({ ...NOTICE, event, at, device: CHROME, link: TOKEN })
const REGISTERED: Content = { kind: 'already_registered' }

/** A shop with the longest name and number that it may have, and a host of 40 characters. */
const LONGEST = {
  BRAND_NAME: 'Toko Serba Ada Jakar',
  APP_ORIGIN: 'https://akun.toko-serba-ada-jakarta-raya.example',
  CARE_PHONE: '+62 21-2555-6060',
}
const LONGEST_HOST = new URL(LONGEST.APP_ORIGIN).hostname

async function renderUnder(environment: Record<string, string> = {}) {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  vi.resetModules()
  const [{ renderMessage: render }, { countSeptets }] = await Promise.all([
    import('@/lib/messaging/texts'),
    import('@/lib/messaging/gsm'),
  ])
  const sms = async (content: Content, locale: Locale) => (await render(content, 'sms', locale)).text
  return { render, countSeptets, sms }
}

function every<First, Second>(first: readonly First[], second: readonly Second[]) {
  return first.flatMap((one) => second.map((two) => [one, two] as const))
}

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

describe('M1 an SMS with a code', () => {
  it.each([{}, LONGEST])(
    'fits into 140 septets, with the code first and the host binding last, under %o',
    async (environment) => {
      const { sms, countSeptets } = await renderUnder(environment)
      const host = 'APP_ORIGIN' in environment ? LONGEST_HOST : 'localhost'
      for (const [locale, purpose] of every(LOCALES, PURPOSES)) {
        const text = await sms(codeFor(purpose), locale)
        expect(countSeptets(text), text).toBeLessThanOrEqual(140)
        expect(text).toMatch(new RegExp(`^${CODE} `))
        expect(text.split('\n').at(-1)).toBe(`@${host} #${CODE}`)
        expect(text).not.toMatch(/https?:|www\./)
        expect(text).toContain('BRAND_NAME' in environment ? LONGEST.BRAND_NAME : 'Blibli')
        expect(text).toMatch(
          locale === 'id' ? /10 menit\. Jangan berikan .*ke(pada)? siapa pun\./ : /10 min\. Do not share .*with anyone\./,
        )
      }
    },
  )

  it('names the host without scheme, port or path, and holds no link', async () => {
    const { sms } = await renderUnder({ APP_ORIGIN: 'https://akun.toko.example:8443' })
    const text = await sms(codeFor('reset_password'), 'id')
    expect(text.split('\n').at(-1)).toBe(`@akun.toko.example #${CODE}`)
    expect(text).not.toMatch(/https?:|www\.|:8443/)
  })

  it('says what it permits, so that nobody who is asked for it by a stranger can be deceived about it', async () => {
    const { sms } = await renderUnder()
    // Both codes of a thaw permit the same.
    const purposes = PURPOSES.filter((purpose) => purpose !== 'thaw_second')
    const texts = await Promise.all(every(LOCALES, purposes).map(([locale, purpose]) => sms(codeFor(purpose), locale)))
    expect(new Set(texts).size).toBe(texts.length)
    expect(await sms(codeFor('authorise_recovery'), 'id')).toContain('untuk menambah Akun Recovery')
    expect(await sms(codeFor('authorise_recovery'), 'en')).toContain('to add a recovery account')
  })

  it('tells a shorter lifetime as it is', async () => {
    const { sms } = await renderUnder()
    expect(await sms(codeFor('register', 60), 'id')).toContain('berlaku 1 menit')
    expect(await sms(codeFor('register', 179), 'en')).toContain('valid for 2 min')
  })

  it('stays within the GSM alphabet when the name of the shop does not', async () => {
    const { sms, countSeptets } = await renderUnder({ BRAND_NAME: 'Tôkó “Ç” — 店' })
    const text = await sms(codeFor('register'), 'id')
    expect(countSeptets(text)).toBeDefined()
    expect(text).toContain('Toko Ç')
  })
})

describe('a notice by SMS', () => {
  it.each([{}, LONGEST])(
    'fits into one SMS of 160 septets with the link of its reader, whatever happened and when, under %o',
    async (environment) => {
      const { sms, countSeptets } = await renderUnder({ APP_ORIGIN: 'https://akun.toko.example', ...environment })
      const { APP_ORIGIN } = { APP_ORIGIN: 'https://akun.toko.example', ...environment }
      for (const [locale, event] of every(LOCALES, EVENTS))
        for (const at of [AT, LATE]) {
          const text = await sms(linkedOf(event, at), locale)
          expect(countSeptets(text), text).toBeLessThanOrEqual(160)
          expect(text.split(/\s/)).toContain(`${APP_ORIGIN}/secure/${TOKEN}`)
        }
    },
  )

  it('tells when, and the reference, where there is room', async () => {
    const { sms } = await renderUnder({ APP_ORIGIN: 'https://akun.toko.example' })
    expect(await sms(linkedOf('password_reset'), 'id')).toBe(
      `Blibli: kata sandi akunmu diatur ulang, 23 Nov 2026, 14.30 WIB. Bukan kamu? Hentikan di https://akun.toko.example/secure/${TOKEN} ref BCDF2345`,
    )
  })

  it.each([{ APP_ORIGIN: 'https://akun.toko.example' }, LONGEST])(
    'of a freeze leads to where the account is opened again, and asks nobody whether it was them, under %o',
    async (environment) => {
      const { sms } = await renderUnder(environment)
      expect(await sms(linkedOf('frozen'), 'id')).toMatch(/akunmu dibekukan.* Buka lagi/)
      for (const locale of LOCALES) expect(await sms(linkedOf('frozen'), locale)).not.toMatch(/Bukan kamu|Not you/)
    },
  )

  it.each([{}, LONGEST])('that reminds fits into one SMS of 160 septets with the page to open, under %o', async (environment) => {
    const { sms, countSeptets } = await renderUnder({ APP_ORIGIN: 'https://akun.toko.example', ...environment })
    const { APP_ORIGIN } = { APP_ORIGIN: 'https://akun.toko.example', ...environment }
    for (const locale of LOCALES) {
      const text = await sms({ kind: 'reminder', addresses: ['b•••@g•••.com'] }, locale)
      expect(countSeptets(text), text).toBeLessThanOrEqual(160)
      expect(text.split(' ').at(-1)).toBe(`${APP_ORIGIN}/profile`)
    }
  })

  it.each([{}, LONGEST])(
    'without a link fits into one SMS of 160 septets and tells when, whom to call and the reference, under %o',
    async (environment) => {
      const { sms, countSeptets } = await renderUnder(environment)
      for (const [locale, event] of every(LOCALES, EVENTS)) {
        const text = await sms(noticeOf(event), locale)
        expect(countSeptets(text), text).toBeLessThanOrEqual(160)
        expect(text).toContain(locale === 'id' ? '23 Nov 2026, 14.30 WIB' : '23 Nov 2026, 14:30 WIB')
        expect(text).toMatch(/(021-25556060|\+62 21-2555-6060).*BCDF2345/)
        expect(text).not.toMatch(/https?:|www\./)
        const late = await sms({ ...NOTICE, event, device: CHROME, at: LATE }, locale)
        expect(countSeptets(late), late).toBeLessThanOrEqual(160)
      }
      for (const locale of LOCALES) expect(countSeptets(await sms(REGISTERED, locale))).toBeLessThanOrEqual(160)
    },
  )
})

describe('an e-mail', () => {
  it('M2 with a code has it in the subject and in a text that is complete by itself', async () => {
    const { render } = await renderUnder()
    for (const purpose of PURPOSES) {
      const { subject, text } = await render(codeFor(purpose), 'email', 'id')
      expect(subject).toMatch(new RegExp(`^${CODE} adalah kode OTP Blibli untuk `))
      expect(text).toContain(`Kode OTP kamu: ${CODE}`)
      expect(text).toContain('10 menit')
      expect(text).toMatch(/Jangan berikan kode ini kepada siapa pun[\s\S]*Tidak meminta kode ini\?/)
    }
    expect((await render(codeFor('register', 60), 'email', 'en')).text).toContain('valid for 1 minute and')
  })

  it('with a notice tells what, when, from which device and country, about which address, and what to do if it was somebody else', async () => {
    const { render } = await renderUnder({ APP_ORIGIN: 'https://akun.toko.example' })
    const { subject, text } = await render(
      { ...NOTICE, event: 'recovery_added', device: CHROME, country: 'ID', address: 'b•••@g•••.com', link: TOKEN },
      'email',
      'id',
    )
    expect(subject).toBe('Akun Blibli: Akun Recovery baru ditambahkan ke akunmu')
    const facts = [
      '23 Nov 2026, 14.30 WIB',
      'Chrome di Android',
      'Perkiraan lokasi: Indonesia',
      'b•••@g•••.com',
      'BCDF2345',
      `https://akun.toko.example/secure/${TOKEN}`,
    ]
    for (const fact of [...facts, '021-25556060', 'customer.care@blibli.com']) expect(text).toContain(fact)
  })

  it('names the country in the language of its reader, and none when none is known', async () => {
    const { render } = await renderUnder()
    const from = async (country: string, locale: Locale) =>
      (await render({ ...NOTICE, event: 'new_device', device: CHROME, country }, 'email', locale)).text
    expect(await from('NL', 'id')).toContain('Perkiraan lokasi: Belanda\n')
    expect(await from('NL', 'en')).toContain('Approximate location: Netherlands\n')
    expect((await render(noticeOf('new_device'), 'email', 'id')).text).not.toContain('lokasi')
  })

  it('with a notice that has no link leads to customer care', async () => {
    const { render } = await renderUnder()
    const { text } = await render(noticeOf('recovery_removed'), 'email', 'id')
    expect(text).toContain('Segera hubungi Customer Care Blibli')
    expect(text).not.toMatch(/https?:/)
  })

  it('never quotes a user agent, which is whatever its sender wrote', async () => {
    const { render } = await renderUnder()
    const { text } = await render(noticeOf('password_reset', 'Menang hadiah! https://jahat.example'), 'email', 'id')
    expect(text).not.toMatch(/hadiah|jahat/)
    expect(text).toContain('Perangkat: tidak dikenal')
  })
})

describe('every message', () => {
  const CHANNELS: Channel[] = ['sms', 'email']
  const contents = [
    ...PURPOSES.map((purpose) => codeFor(purpose)),
    ...EVENTS.flatMap((event) => [noticeOf(event), linkedOf(event)]),
    REGISTERED,
  ]

  it('E2 is written in its own language alone, and in Indonesian speaks to kamu', async () => {
    const { render } = await renderUnder()
    const words = async (locale: Locale) => {
      const written = every(contents, CHANNELS).map(([content, channel]) => render(content, channel, locale))
      return (await Promise.all(written)).map(({ subject, text }) => `${subject}\n${text}`).join('\n')
    }
    expect(await words('id')).not.toMatch(/\b(the|your|code|not|was|password|account|do|min|valid)\b|\bAnda\b|kadaluarsa/)
    expect(await words('en')).not.toMatch(/\b(kode|kamu|akun|untuk|sandi|bukan|menit|jangan)\b/i)
  })

  it('without a code to carry carries none, and has no placeholder left over', async () => {
    const { render } = await renderUnder()
    for (const [content, channel] of every(contents, CHANNELS)) {
      const { subject = '', text } = await render(content, channel, 'id')
      expect(subject + text).not.toMatch(/[{}]|undefined|null|\[object/)
      if (content.kind !== 'code') expect(text.replaceAll('021-25556060', '')).not.toMatch(/\b\d{6}\b/)
    }
  })
})
