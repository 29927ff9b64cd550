import { renderEmail } from '@/emails'
import { type Content, countSeptets, renderMessage } from '@/lib/messaging'
import { LOCALES, type Locale } from '@/lib/platform/locale'
import { EventType, Purpose } from '@/prisma/client/enums'

const DEVICE =
  'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36'
const NOTICE = {
  kind: 'notice',
  device: DEVICE,
  country: 'ID',
  reference: 'BCDF2345',
  name: 'Budi Santoso',
} as const
const INCIDENT: Content = {
  kind: 'incident',
  at: '2026-11-23T07:30:00.000Z',
  reference: 'BCDF2345',
  id: {
    what: 'Nama, email, dan nomor handphone sebagian pelanggan terbaca oleh orang lain.',
    advice: 'Ganti kata sandimu, dan abaikan pesan yang meminta kode.',
  },
  en: {
    what: 'Somebody else read the names, emails and mobile numbers of some customers.',
    advice: 'Change your password, and ignore messages that ask for a code.',
  },
}
const WORD: Content = {
  kind: 'caller_word',
  word: 'BCDFGHJK',
  caseNumber: 'MNPQ23',
  lifetimeSeconds: 300,
  name: 'Budi Santoso',
}
const RESET_LINK = 'zY8-wV6_uT4sR2qP0oN1mL'
const LINK = 'aB3-dE5_gH7iJ9kL1mN3oQ'
const WEEK_MS = 7 * 24 * 60 * 60 * 1_000
const CODE = { kind: 'code', code: '012345', lifetimeSeconds: 600 } as const

/** One message in one language: its e-mail and its SMS. `septets` is the length of the SMS. */
export type Sample = {
  title: string
  locale: Locale
  email: { subject: string; text: string; html: string }
  sms: { text: string; septets: number }
}

/**
 * Renders every kind of message: codes by purpose, notices by event, the yearly reminder, the word of a
 * caller and "already registered".
 */
export async function listSamples(now = new Date()): Promise<Sample[]> {
  const at = now.toISOString()
  const contents: [string, Content][] = [
    ...Object.values(Purpose).map((purpose): [string, Content] => [
      `code: ${purpose}`,
      { ...CODE, purpose },
    ]),
    ['already registered', { kind: 'already_registered' }],
    ['incident', INCIDENT],
    ['word of a caller', WORD],
    ['reminder', { kind: 'reminder', addresses: ['b•••@g•••.com'], name: 'Budi Santoso' }],
    ...Object.values(EventType).map((event): [string, Content] => [
      `notice: ${event}`,
      { ...NOTICE, event, at, link: LINK, ...maskedAddressFor(event), ...dueOf(event, now) },
    ]),
    [
      'notice with the link of a reset: attempts_used_up',
      {
        ...NOTICE,
        event: 'attempts_used_up',
        at,
        link: LINK,
        what: 'codes',
        resetLink: RESET_LINK,
      },
    ],
    [
      'notice with the link that stops it: unfreeze_announced',
      { ...NOTICE, event: 'unfreeze_announced', at, link: LINK, vetoLink: LINK, due: at },
    ],
    [
      'notice with the link that stops it: password_held',
      { ...NOTICE, event: 'password_held', at, link: LINK, vetoLink: LINK, due: at },
    ],
    [
      'notice without a link: email_changed',
      { ...NOTICE, event: 'email_changed', at, ...maskedAddressFor('email_changed') },
    ],
  ]
  return Promise.all(
    contents.flatMap(([title, content]) =>
      LOCALES.map((locale) => renderSample(title, content, locale)),
    ),
  )
}

function maskedAddressFor(event: EventType) {
  return /^(recovery|phone|email)_/.test(event) ? { address: 'b•••@g•••.com' } : {}
}

const dueOf = (event: EventType, now: Date) =>
  event === 'erasure_requested' ? { due: new Date(now.getTime() + WEEK_MS).toISOString() } : {}

async function renderSample(title: string, content: Content, locale: Locale): Promise<Sample> {
  const {
    subject = '',
    text,
    html = '',
  } = await renderMessage(content, 'email', locale, renderEmail)
  const sms = await renderMessage(content, 'sms', locale, renderEmail)
  return {
    title,
    locale,
    email: { subject, text, html },
    sms: { text: sms.text, septets: countSeptets(sms.text) ?? 0 },
  }
}
