import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import type { Locale } from '@/lib/platform/locale'
import { linkIn } from '@/tests/support/html'
import type { InboxMessage, Product } from '@/tests/support/product'
import { takePictures } from './camera'
import { part, whole } from './phrase'

const ANDROID =
  'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36'
const PATIENCE_MS = 15_000
const LOOK_EVERY_MS = 50

export type Customer = { name: string; email: string; phone: string; password: string }

export type Visitor = Awaited<ReturnType<typeof newVisitor>>

/** Somebody at a browser, who finds fields and buttons by their Indonesian names, whatever language the pages are in, and reads what arrives at any address. */
export async function newVisitor(product: Product, browser: Browser, locale: Locale) {
  const context = await browser.newContext({
    baseURL: product.origin,
    locale: 'id-ID',
    userAgent: ANDROID,
    viewport: { width: 360, height: 740 },
    extraHTTPHeaders: {
      'x-forwarded-for': `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`,
    },
  })
  context.setDefaultTimeout(PATIENCE_MS)
  await context.addCookies([{ name: 'locale', value: locale, url: product.origin }])
  const page = await context.newPage()
  return {
    page,
    open: (path: string) => page.goto(path, { waitUntil: 'networkidle' }),
    fill: (label: string, text: string) => page.getByLabel(whole(label, locale)).fill(text),
    choose: (label: string) =>
      page
        .getByRole('radio', { name: part(label, locale) })
        .first()
        .check(),
    press: (name: string) => page.getByRole('button', { name: whole(name, locale) }).click(),
    arrive: (path: string) => page.waitForURL((url) => url.pathname === path),
    read: (text: string) =>
      page.getByText(part(text, locale)).filter({ visible: true }).first().waitFor(),
    shoot: (name: string) => shoot(page, name, locale),
    see: (label: string) => page.getByLabel(whole(label, locale)).waitFor(),
    leaveField: (label: string) => page.getByLabel(whole(label, locale)).blur(),
    code: async (to: string) =>
      /\b\d{6}\b/.exec((await nextMessage(product, to, 'code.')).text)?.[0] ?? '',
    link: async (to: string, kind: string) => linkIn(await nextMessage(product, to, kind)),
    wait: product.advanceClock,
    leave: () => context.close(),
  }
}

async function shoot(page: Page, name: string, locale: Locale) {
  await page.waitForLoadState('networkidle')
  await page.mouse.move(0, 0)
  await takePictures(page, name, locale)
}

const read = new Set<string>()

async function nextMessage(product: Product, to: string, kind: string): Promise<InboxMessage> {
  const end = Date.now() + PATIENCE_MS
  while (Date.now() < end) {
    const found = (await product.inbox(to)).find(
      (message) => message.kind.startsWith(kind) && !read.has(message.id),
    )
    if (found) {
      read.add(found.id)
      return found
    }
    await sleep(LOOK_EVERY_MS)
  }
  throw new Error(`no new message ${kind} to ${to}`)
}
