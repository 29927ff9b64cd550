import { describe, expect, it } from 'vitest'
import { LOCALES } from '@/lib/platform/locale'
import {
  AT,
  CHROME,
  CODE,
  codeFor,
  EVENTS,
  every,
  LATE,
  LONGEST,
  LONGEST_HOST,
  linkedOf,
  NOTICE,
  noticeOf,
  PURPOSES,
  REGISTERED,
  renderUnder,
  TOKEN,
  WORD,
} from './text-actions'

describe('M1 an SMS with a code', () => {
  it.each([{}, LONGEST])(
    'has at most 140 septets, with the code first and the host binding last, under %o',
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
          locale === 'id'
            ? /10 menit\. Jangan berikan .*ke(pada)? siapa pun\./
            : /10 min\. Do not share .*with anyone\./,
        )
      }
    },
  )

  it('names the host without scheme, port or path, and contains no link', async () => {
    const { sms } = await renderUnder({ APP_ORIGIN: 'https://akun.toko.example:8443' })
    const text = await sms(codeFor('reset_password'), 'id')
    expect(text.split('\n').at(-1)).toBe(`@akun.toko.example #${CODE}`)
    expect(text).not.toMatch(/https?:|www\.|:8443/)
  })

  it('states what the code permits, so that nobody gives it away by mistake', async () => {
    const { sms } = await renderUnder()
    // Both codes of an unfreeze have the same purpose text.
    const purposes = PURPOSES.filter((purpose) => purpose !== 'unfreeze_second')
    const texts = await Promise.all(
      every(LOCALES, purposes).map(([locale, purpose]) => sms(codeFor(purpose), locale)),
    )
    expect(new Set(texts).size).toBe(texts.length)
    expect(await sms(codeFor('authorise_recovery'), 'id')).toContain('untuk menambah Akun Recovery')
    expect(await sms(codeFor('authorise_recovery'), 'en')).toContain('to add a recovery account')
  })

  it('states a shorter lifetime', async () => {
    const { sms } = await renderUnder()
    expect(await sms(codeFor('register', 60), 'id')).toContain('berlaku 1 menit')
    expect(await sms(codeFor('register', 179), 'en')).toContain('valid for 2 min')
  })

  it('stays within the GSM alphabet for any name of the shop', async () => {
    const { sms, countSeptets } = await renderUnder({ BRAND_NAME: 'Tôkó “Ç” — 店' })
    const text = await sms(codeFor('register'), 'id')
    expect(countSeptets(text)).toBeDefined()
    expect(text).toContain('Toko Ç')
  })
})

describe('a notice by SMS', () => {
  it.each([{}, LONGEST])(
    'has at most 160 septets with its link, for every event and time, under %o',
    async (environment) => {
      const { sms, countSeptets } = await renderUnder({
        APP_ORIGIN: 'https://akun.toko.example',
        ...environment,
      })
      const { APP_ORIGIN } = { APP_ORIGIN: 'https://akun.toko.example', ...environment }
      for (const [locale, event] of every(LOCALES, EVENTS))
        for (const at of [AT, LATE]) {
          const text = await sms(linkedOf(event, at), locale)
          expect(countSeptets(text), text).toBeLessThanOrEqual(160)
          expect(text.split(/\s/)).toContain(`${APP_ORIGIN}/secure/${TOKEN}`)
        }
    },
  )

  it('contains the time and the reference where there is room', async () => {
    const { sms } = await renderUnder({ APP_ORIGIN: 'https://akun.toko.example' })
    expect(await sms(linkedOf('password_reset'), 'id')).toBe(
      `Blibli: kata sandi akunmu diatur ulang, 23 Nov 2026, 14.30 WIB. Bukan kamu? Hentikan di https://akun.toko.example/secure/${TOKEN} ref BCDF2345`,
    )
  })

  it('of a requested deletion says when it will be', async () => {
    const { sms, render } = await renderUnder({ APP_ORIGIN: 'https://akun.toko.example' })
    const content = linkedOf('erasure_requested')
    expect(await sms(content, 'id')).toContain('akunmu akan dihapus pada 23 Sep 2026')
    expect(await sms(content, 'en')).toContain('your account will be deleted on 23 Sept 2026')
    const { subject, text } = await render(content, 'email', 'id')
    for (const words of [subject, text]) expect(words).toContain('dihapus pada 23 Sep 2026')
  })

  it.each([{ APP_ORIGIN: 'https://akun.toko.example' }, LONGEST])(
    'of a freeze links to the unfreeze, under %o',
    async (environment) => {
      const { sms } = await renderUnder(environment)
      expect(await sms(linkedOf('frozen'), 'id')).toMatch(/akunmu dibekukan.* Buka lagi/)
      for (const locale of LOCALES)
        expect(await sms(linkedOf('frozen'), locale)).not.toMatch(/Bukan kamu|Not you/)
    },
  )

  it.each([{}, LONGEST])(
    'with a reminder has at most 160 septets with its page, under %o',
    async (environment) => {
      const { sms, countSeptets } = await renderUnder({
        APP_ORIGIN: 'https://akun.toko.example',
        ...environment,
      })
      const { APP_ORIGIN } = { APP_ORIGIN: 'https://akun.toko.example', ...environment }
      for (const locale of LOCALES) {
        const text = await sms({ kind: 'reminder', addresses: ['b•••@g•••.com'] }, locale)
        expect(countSeptets(text), text).toBeLessThanOrEqual(160)
        expect(text.split(' ').at(-1)).toBe(`${APP_ORIGIN}/profile`)
      }
    },
  )

  it.each([{}, LONGEST])(
    'without a link has at most 160 septets with time, customer care and reference, under %o',
    async (environment) => {
      const { sms, countSeptets } = await renderUnder(environment)
      for (const [locale, event] of every(LOCALES, EVENTS)) {
        const text = await sms(noticeOf(event), locale)
        expect(countSeptets(text), text).toBeLessThanOrEqual(160)
        expect(text).toContain(
          locale === 'id' ? '23 Nov 2026, 14.30 WIB' : '23 Nov 2026, 14:30 WIB',
        )
        expect(text).toMatch(/(021-25556060|\+62 21-2555-6060).*BCDF2345/)
        expect(text).not.toMatch(/https?:|www\./)
        const late = await sms({ ...NOTICE, event, device: CHROME, at: LATE }, locale)
        expect(countSeptets(late), late).toBeLessThanOrEqual(160)
      }
      for (const locale of LOCALES)
        expect(countSeptets(await sms(REGISTERED, locale))).toBeLessThanOrEqual(160)
    },
  )
})

describe('an SMS with the word of a caller', () => {
  it.each([{}, LONGEST])(
    'is one SMS with the case, without link or code, and says when not to tell it, under %o',
    async (environment) => {
      const { sms, countSeptets } = await renderUnder(environment)
      for (const locale of LOCALES) {
        const text = await sms(WORD, locale)
        expect(countSeptets(text), text).toBeLessThanOrEqual(160)
        expect(text).toContain('BCDF GHJK')
        expect(text).toContain('MNPQ23')
        expect(text).not.toMatch(/https?:|www\.|\d{3}/)
        expect(text).toMatch(
          locale === 'id'
            ? /hanya jika KAMU (?:yang )?menelepon kami.*Jangan sebutkan kepada siapa pun yang menelepon/
            : /only if YOU called us.*Never tell it to anyone who calls you/,
        )
      }
    },
  )
})
