import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Content } from '@/lib/messaging'
import { LOCALES } from '@/lib/platform/locale'
import { EventType, Purpose } from '@/prisma/client/enums'

const CODE = '012345'
const NOTICE = {
  kind: 'notice',
  at: '2026-11-23T07:30:00.000Z',
  reference: 'BCDF2345',
  country: 'ID',
  address: 'b•••@g•••.com',
} as const
const CHROME =
  'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36'
const ORIGIN = 'https://akun.toko.example'
const ENTITIES = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'", '&amp;': '&' }

const TOKEN = 'aB3-dE5_gH7iJ9kL1mN3oQ'
const RESET_TOKEN = 'zY8-wV6_uT4sR2qP0oN1mL'
const NAME = 'Budi Santoso'
const noticeOf = (event: EventType) => ({ ...NOTICE, event, device: CHROME, name: NAME })
const CONTENTS: Content[] = [
  ...Object.values(Purpose).map(
    (purpose): Content => ({ kind: 'code', purpose, code: CODE, lifetimeSeconds: 600 }),
  ),
  ...Object.values(EventType).flatMap((event): Content[] => [
    noticeOf(event),
    { ...noticeOf(event), link: TOKEN },
  ]),
  { ...noticeOf('attempts_used_up'), what: 'codes', link: TOKEN, resetLink: RESET_TOKEN },
  { kind: 'reminder', addresses: ['b•••@g•••.com'], name: NAME },
  { ...noticeOf('unfreeze_announced'), link: TOKEN, vetoLink: TOKEN, due: NOTICE.at },
  { ...noticeOf('password_held'), link: TOKEN, vetoLink: TOKEN, due: NOTICE.at },
  { kind: 'caller_word', word: 'BCDFGHJK', caseNumber: 'MNPQ23', lifetimeSeconds: 300, name: NAME },
  { kind: 'already_registered' },
]
const EVERY = CONTENTS.flatMap((content) => LOCALES.map((locale) => ({ content, locale })))

async function renderUnder(environment: Record<string, string> = {}) {
  for (const [name, value] of Object.entries({ APP_ORIGIN: ORIGIN, ...environment }))
    vi.stubEnv(name, value)
  vi.resetModules()
  const { renderMessage } = await import('@/lib/messaging/content/render-message')
  const { renderEmail } = await import('@/emails')
  return async (content: Content, locale: (typeof LOCALES)[number]) => {
    const {
      subject = '',
      text,
      html = '',
    } = await renderMessage(content, 'email', locale, renderEmail)
    return { subject, text, html }
  }
}

/** The visible text of a document from its heading, without tags, one line for each paragraph. */
function visibleTextOf(html: string) {
  const body = html
    .slice(html.indexOf('<h1'))
    .replaceAll(/:<\/p>/g, ': ')
    .replaceAll('</p>', '\n')
    .replaceAll(/<[^>]*>/g, '')
  return Object.entries(ENTITIES).reduce(
    (text, [entity, character]) => text.replaceAll(entity, character),
    body,
  )
}

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

describe('the HTML of every e-mail', () => {
  it('M2 contains every line of its text', async () => {
    const render = await renderUnder()
    for (const { content, locale } of EVERY) {
      const { text, html } = await render(content, locale)
      const visible = visibleTextOf(html)
      for (const line of text.split('\n')) expect(visible).toContain(line)
    }
  })

  it('M2 has the language of its reader, styles for light and dark, and its subject as title', async () => {
    const render = await renderUnder()
    for (const { content, locale } of EVERY) {
      const { subject, html } = await render(content, locale)
      expect(html).toMatch(new RegExp(`^<!doctype html><html[^>]* lang="${locale}"`))
      expect(html).not.toContain(`lang="${locale === 'id' ? 'en' : 'id'}"`)
      expect(html).toContain('<meta name="color-scheme" content="light dark"/>')
      expect(html).toContain('@media (prefers-color-scheme: dark)')
      expect(html).toContain(`<title>${subject}</title>`)
    }
  })

  it('M2 loads nothing and runs no script', async () => {
    const render = await renderUnder()
    for (const { content, locale } of EVERY) {
      const { html } = await render(content, locale)
      expect(html).not.toMatch(
        /<(img|link|script|iframe|object|form|base|video|svg)\b|@import|@font-face|url\(|\bsrc=|\bon\w+=/i,
      )
      const targets = [...html.matchAll(/https?:\/\/[^"<\s,]+/g)].map(([target]) => target)
      for (const target of targets) expect(target.startsWith(`${ORIGIN}/`), target).toBe(true)
    }
  })

  it('links to customer care and to the page in its text', async () => {
    const render = await renderUnder({ CARE_PHONE: '+62 21-2555-6060' })
    for (const { content, locale } of EVERY) {
      const { text, html } = await render(content, locale)
      expect(html).toMatch(/href="tel:\+622125556060"[^>]*>\+62 21-2555-6060</)
      expect(html).toMatch(
        /href="mailto:customer\.care@blibli\.com"[^>]*>customer\.care@blibli\.com</,
      )
      expect(text.includes(TOKEN)).toBe('link' in content)
      for (const page of ['login', 'reset', `secure/${TOKEN}`])
        expect(html.includes(`href="${ORIGIN}/${page}"`)).toBe(
          new RegExp(`${ORIGIN}/${page}(?![\\w/-])`).test(text),
        )
    }
  })

  it('has one button at most, and its link again as text', async () => {
    const render = await renderUnder()
    const buttons = new Map<string, string[]>()
    for (const content of CONTENTS) {
      const { text, html } = await render(content, 'id')
      const found = [...html.matchAll(/<a [^>]*class="(?:button|stop)"[^>]*>/g)]
      const targets = found.map(([tag]) => /href="([^"]*)"/.exec(tag)?.[1] ?? '')
      for (const target of targets) expect(text).toContain(`: ${target}\n`)
      expect(targets.length).toBeLessThanOrEqual(1)
      buttons.set(JSON.stringify(content), targets)
    }
    const targetsOf = (content: Content) => buttons.get(JSON.stringify(content))
    expect(CONTENTS.filter((content) => targetsOf(content)?.length === 0)).toEqual(
      CONTENTS.filter(
        ({ kind, ...content }) =>
          kind === 'code' || kind === 'caller_word' || (kind === 'notice' && !('link' in content)),
      ),
    )
    expect(targetsOf({ kind: 'already_registered' })).toEqual([`${ORIGIN}/login`])
    expect(targetsOf({ ...noticeOf('frozen'), link: TOKEN })).toEqual([`${ORIGIN}/secure/${TOKEN}`])
  })

  it('shows a code as one text to copy, and only in a message with a code', async () => {
    const render = await renderUnder()
    for (const { content, locale } of EVERY) {
      const { html } = await render(content, locale)
      expect(/>012345</.test(html)).toBe(content.kind === 'code')
    }
  })
})

describe('foreign text', () => {
  it('is escaped and never a link: a brand, a name, a device, an address', async () => {
    const render = await renderUnder({ BRAND_NAME: '<script>x</script>' })
    for (const locale of LOCALES) {
      const device = `${CHROME}<script>alert(1)</script>`
      const address = '<img src=x>https://jahat.example'
      const name = '<b>https://jahat.example/hadiah</b>'
      const event = 'recovery_added'
      const { html } = await render({ ...NOTICE, event, device, address, name }, locale)
      expect(html).not.toMatch(/<script|<img|alert\(1\)|href="https:\/\/jahat/)
      expect(html).toContain('&lt;script&gt;x&lt;/script&gt;')
      for (const given of [address, name]) expect(visibleTextOf(html)).toContain(given)
    }
  })
})
