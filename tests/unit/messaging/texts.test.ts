import { describe, expect, it } from 'vitest'
import type { Content } from '@/lib/messaging'
import type { Locale } from '@/lib/platform/locale'
import type { Channel } from '@/prisma/client/enums'
import {
  announcedAt,
  CHROME,
  CODE,
  codeFor,
  EVENTS,
  every,
  heldAt,
  linkedOf,
  NOTICE,
  noticeOf,
  PURPOSES,
  REGISTERED,
  renderUnder,
  TOKEN,
  WORD,
} from './text-actions'

describe('an e-mail', () => {
  it('M2 with a code has it in the subject and in a complete text', async () => {
    const { render } = await renderUnder()
    for (const purpose of PURPOSES) {
      const { subject, text } = await render(codeFor(purpose), 'email', 'id')
      expect(subject).toMatch(new RegExp(`^${CODE} adalah Kode OTP Blibli untuk `))
      expect(text).toContain(`Kode OTP kamu: ${CODE}`)
      expect(text).toContain('10 menit')
      expect(text).toMatch(
        /Jangan berikan kode ini kepada siapa pun[\s\S]*Tidak meminta kode ini\?/,
      )
    }
    expect((await render(codeFor('register', 60), 'email', 'en')).text).toContain(
      'valid for 1 minute and',
    )
  })

  it('greets its reader by name if it has one', async () => {
    const { render } = await renderUnder()
    const greeting = async (content: Content, locale: Locale) =>
      (await render(content, 'email', locale)).text.split('\n')[0]
    const named = { ...NOTICE, event: 'password_reset', device: CHROME, name: 'Budi' } as const
    expect(await greeting(named, 'id')).toBe('Halo Budi,')
    expect(await greeting(named, 'en')).toBe('Hello Budi,')
    expect(await greeting(REGISTERED, 'id')).toBe('Halo,')
  })

  it('with the notice of a lost e-mail says that the account remains, and what to do', async () => {
    const { render } = await renderUnder()
    const { subject, text } = await render(linkedOf('email_lost'), 'email', 'id')
    expect(subject).toBe('Akun Blibli: email utamamu pindah ke akun lain')
    expect(text).toContain('masuk dengan nomor handphone, lalu tambah email utama lain')
    expect(text).not.toContain('Kamu sendiri yang melakukannya?')
  })

  it('with a notice states event, time, device, country and address, and what to do about an unknown event', async () => {
    const { render } = await renderUnder({ APP_ORIGIN: 'https://akun.toko.example' })
    const { subject, text } = await render(
      {
        ...NOTICE,
        event: 'recovery_added',
        device: CHROME,
        country: 'ID',
        address: 'b•••@g•••.com',
        link: TOKEN,
      },
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
    for (const fact of [...facts, '021-25556060', 'customer.care@blibli.com'])
      expect(text).toContain(fact)
  })

  it('names a known country in the language of its reader', async () => {
    const { render } = await renderUnder()
    const from = async (country: string, locale: Locale) =>
      (await render({ ...NOTICE, event: 'new_device', device: CHROME, country }, 'email', locale))
        .text
    expect(await from('NL', 'id')).toContain('Perkiraan lokasi: Belanda\n')
    expect(await from('NL', 'en')).toContain('Approximate location: Netherlands\n')
    expect((await render(noticeOf('new_device'), 'email', 'id')).text).not.toContain('lokasi')
  })

  it('with a notice without a link refers to customer care', async () => {
    const { render } = await renderUnder()
    const { text } = await render(noticeOf('recovery_removed'), 'email', 'id')
    expect(text).toContain('Segera hubungi Customer Care Blibli')
    expect(text).not.toMatch(/https?:/)
  })

  it('with an announced unfreeze says when, and has one button that stops it', async () => {
    const { render } = await renderUnder({ APP_ORIGIN: 'https://akun.toko.example' })
    const { subject, text } = await render(announcedAt(), 'email', 'en')
    expect(subject).toBe('Blibli account: your account reopens on 23 Sept 2026, 14:30 WIB')
    expect(text).toContain(`Stop the reopening: https://akun.toko.example/veto/${TOKEN}`)
    expect(text).not.toContain('/secure/')
  })

  it('with a password that waits says when, and has one button that cancels it', async () => {
    const { render } = await renderUnder({ APP_ORIGIN: 'https://akun.toko.example' })
    const { subject, text } = await render(heldAt(), 'email', 'en')
    expect(subject).toBe('Blibli account: a new password works from 23 Sept 2026, 14:30 WIB')
    expect(text).toContain(`Cancel the new password: https://akun.toko.example/stop/${TOKEN}`)
    expect(text).toContain('Was it not you?')
    expect(text).not.toContain('/secure/')
  })

  it('of a recycled number says who told it, and what its owner does', async () => {
    const { render } = await renderUnder()
    const { text } = await render(noticeOf('number_recycled'), 'email', 'en')
    expect(text).toContain('Its operator says so')
    expect(text).not.toContain('Was this you?')
  })

  it('with the word of a caller says for which case, and when not to tell it', async () => {
    const { render } = await renderUnder()
    const { text } = await render(WORD, 'email', 'en')
    expect(text).toContain('Your caller word: BCDF GHJK')
    expect(text).toContain('only if YOU called us, for case MNPQ23. It is valid for 5 minutes')
    expect(text).toContain('Never tell this word to anyone who calls you')
    expect(text).not.toMatch(/https?:/)
  })

  it('never contains a user agent, which is text of its sender', async () => {
    const { render } = await renderUnder()
    const { text } = await render(
      noticeOf('password_reset', 'Menang hadiah! https://jahat.example'),
      'email',
      'id',
    )
    expect(text).not.toMatch(/hadiah|jahat/)
    expect(text).toContain('Perangkat: tidak dikenal')
  })
})

describe('every message', () => {
  const CHANNELS: Channel[] = ['sms', 'email', 'whatsapp']
  const contents = [
    ...PURPOSES.map((purpose) => codeFor(purpose)),
    ...EVENTS.flatMap((event) => [noticeOf(event), linkedOf(event)]),
    REGISTERED,
    WORD,
    announcedAt(),
    heldAt(),
  ]

  it('E2 uses one language, and in Indonesian the form of address kamu', async () => {
    const { render } = await renderUnder()
    const words = async (locale: Locale) => {
      const written = every(contents, CHANNELS).map(([content, channel]) =>
        render(content, channel, locale),
      )
      return (await Promise.all(written))
        .map(({ subject, text }) => `${subject}\n${text}`)
        .join('\n')
    }
    expect(await words('id')).not.toMatch(
      /\b(the|your|code|not|was|password|account|do|min|valid)\b|\bAnda\b|kadaluarsa/,
    )
    expect(await words('en')).not.toMatch(/\b(kode|kamu|akun|untuk|sandi|bukan|menit|jangan)\b/i)
  })

  it('contains a code only where it has one, and no unfilled placeholder', async () => {
    const { render } = await renderUnder()
    for (const [content, channel] of every(contents, CHANNELS)) {
      const { subject = '', text } = await render(content, channel, 'id')
      expect(subject + text).not.toMatch(/[{}]|undefined|null|\[object/)
      if (content.kind !== 'code')
        expect(text.replaceAll('021-25556060', '')).not.toMatch(/\b\d{6}\b/)
    }
  })
})
