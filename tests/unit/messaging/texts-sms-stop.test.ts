import { expect, it } from 'vitest'
import { LOCALES } from '@/lib/platform/locale'
import { AT, announcedAt, every, heldAt, LATE, LONGEST, renderUnder, TOKEN } from './text-actions'

it.each([{ APP_ORIGIN: 'https://akun.toko.example' }, LONGEST])(
  'a notice by SMS of an announced unfreeze or a held password says when, and has the link that stops it, under %o',
  async (environment) => {
    const { sms, countSeptets } = await renderUnder(environment)
    for (const [locale, at] of every(LOCALES, [AT, LATE])) {
      const stoppable = [
        [
          announcedAt(at),
          'veto',
          'dibuka lagi 23 Sep 2026, 14.30',
          'reopens on 23 Sept 2026, 14:30',
        ],
        [heldAt(at), 'stop', 'berlaku 23 Sep 2026, 14.30', 'works from 23 Sept 2026, 14:30'],
      ] as const
      for (const [notice, page, when, whenEn] of stoppable) {
        const text = await sms(notice, locale)
        expect(countSeptets(text), text).toBeLessThanOrEqual(160)
        expect(text).not.toContain('/secure/')
        expect(text.split(/\s/)).toContain(`${environment.APP_ORIGIN}/${page}/${TOKEN}`)
        expect(text).toContain(locale === 'id' ? when : whenEn)
      }
    }
  },
)
