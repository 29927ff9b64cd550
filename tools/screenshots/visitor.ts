import { execFile } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import type { Locale } from '@/lib/platform/locale'
import { emptyEnvironment } from '@/tests/support/environment'
import { linkIn, resetLinkIn, stopLinkIn, vetoLinkIn } from '@/tests/support/html'
import { isTakenOver } from '@/tests/support/hydration'
import type { InboxMessage, Product } from '@/tests/support/product'
import { takePictures } from './camera'
import { matchExactly, matchPartially } from './localised-text'

const ANDROID =
  'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36'
const TIMEOUT_MS = 15_000
const POLL_INTERVAL_MS = 50

export type Persona = { name: string; email: string; phone: string; password: string }

export type Visitor = Awaited<ReturnType<typeof newVisitor>>

/**
 * A browser with the pages in `locale`. Fields, buttons and texts are named by their Indonesian
 * text in every language. The visitor receives the messages to all addresses.
 */
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
  context.setDefaultTimeout(TIMEOUT_MS)
  await context.addCookies([{ name: 'locale', value: locale, url: product.origin }])
  const page = await context.newPage()
  return {
    page,
    open: (path: string) => page.goto(path, { waitUntil: 'networkidle' }),
    fill: (label: string, text: string) => page.getByLabel(matchExactly(label, locale)).fill(text),
    choose: (label: string) =>
      page
        .getByRole('radio', { name: matchPartially(label, locale) })
        .first()
        .check(),
    chooseExactly: (label: string) =>
      page.getByRole('radio', { name: matchExactly(label, locale) }).check(),
    press: (name: string) => page.getByRole('button', { name: matchExactly(name, locale) }).click(),
    /** Presses a button of a form that a passkey signs, which needs JavaScript. */
    sign: async (name: string) => {
      await isTakenOver(page)
      await page.getByRole('button', { name: matchExactly(name, locale) }).click()
    },
    /** Presses a button that looks disabled. */
    pressEarly: (name: string) =>
      page.getByRole('button', { name: matchExactly(name, locale) }).click({ force: true }),
    waitForPath: (path: string) => page.waitForURL((url) => url.pathname === path),
    waitForText: (text: string) =>
      page.getByText(matchPartially(text, locale)).filter({ visible: true }).first().waitFor(),
    screenshot: (name: string) => screenshot(page, name, locale),
    waitForField: (label: string) => page.getByLabel(matchExactly(label, locale)).waitFor(),
    leaveField: (label: string) => page.getByLabel(matchExactly(label, locale)).blur(),
    receiveCode: async (to: string) =>
      /\b\d{6}\b/.exec((await nextMessage(product, to, 'code.')).text)?.[0] ?? '',
    receiveResetLink: async (to: string) =>
      resetLinkIn(await nextMessage(product, to, 'notice.attempts_used_up')),
    receiveVetoLink: async (to: string) =>
      vetoLinkIn(await nextMessage(product, to, 'notice.unfreeze_announced')),
    receiveStopLink: async (to: string) =>
      stopLinkIn(await nextMessage(product, to, 'notice.password_held')),
    inviteAdministrator: (name: string) => inviteAdministrator(product, name),
    receiveLink: async (to: string, kind: string) => linkIn(await nextMessage(product, to, kind)),
    advanceClock: product.advanceClock,
    close: () => context.close(),
  }
}

/** Invites one of the first two administrators on the command line. Returns the link. */
async function inviteAdministrator({ dataDir, origin }: Product, name: string): Promise<string> {
  const command = ['tools/run.mjs', 'cli/staff.ts', 'invite', '--name', name]
  const own = { DATA_DIR: dataDir, PORT: new URL(origin).port }
  const env = { ...process.env, ...emptyEnvironment(), ...own }
  const { stdout } = await promisify(execFile)(process.execPath, command, { env })
  return /http\S+/.exec(stdout)?.[0] ?? ''
}

async function screenshot(page: Page, name: string, locale: Locale) {
  await page.waitForLoadState('networkidle')
  await page.mouse.move(0, 0)
  await takePictures(page, name, locale)
}

const readIds = new Set<string>()

async function nextMessage(product: Product, to: string, kind: string): Promise<InboxMessage> {
  const end = Date.now() + TIMEOUT_MS
  while (Date.now() < end) {
    const found = (await product.inbox(to)).find(
      (message) => message.kind.startsWith(kind) && !readIds.has(message.id),
    )
    if (found) {
      readIds.add(found.id)
      return found
    }
    await sleep(POLL_INTERVAL_MS)
  }
  throw new Error(`no new message ${kind} to ${to}`)
}
