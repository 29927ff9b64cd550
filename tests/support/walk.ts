import { mkdirSync } from 'node:fs'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { launchBrowser, launchFirefox } from './browser'
import { type Client, newIp } from './client'
import type { Customer } from './customers'
import { insertSession } from './fixtures'
import { origin } from './running'

const PATIENCE_MS = 15_000
const PICTURES = '.test/pictures'

/** How somebody looks at the product. */
export type Mode = {
  mode: string
  hasScript: boolean
  width: number
  height: number
  isPhone: boolean
  /** Firefox in place of Chromium. */
  isFirefox?: boolean
}

const SMALL = { width: 360, height: 740, isPhone: true }
const LARGE = { width: 1366, height: 768, isPhone: false }

export const PHONE: Mode = { mode: 'on a phone', hasScript: true, ...SMALL }
export const DESKTOP: Mode = { mode: 'on a desktop', hasScript: true, ...LARGE }
export const FIREFOX: Mode = { mode: 'in Firefox', hasScript: true, ...SMALL, isFirefox: true }
export const NO_SCRIPT: Mode = {
  mode: 'on a desktop without JavaScript',
  hasScript: false,
  ...LARGE,
}

type Given = {
  customer?: Customer
  /** What the browser's console may say all the same. */
  foreseen?: RegExp
  /** Whether answers may have a status of 500 or more. */
  mayFail?: boolean
}

let browser: Promise<Browser> | undefined
let firefox: Promise<Browser> | undefined

/** The contexts that no test uses, by their mode. They keep the scripts and styles of the product in their cache. */
const free = new Map<string, BrowserContext[]>()

/**
 * Closes the contexts of a test file. The browser stays open for the next file of the process, which
 * launches another one if this one has crashed.
 */
export async function closeContexts() {
  const contexts = [...free.values()].flat()
  free.clear()
  const running = await browser?.catch(() => undefined)
  if (!running?.isConnected()) browser = undefined
  else for (const context of contexts) await context.close()
}

/** Closes the browsers, if a page was opened. */
export async function closeBrowser() {
  const running = await Promise.all([browser, firefox])
  browser = undefined
  firefox = undefined
  free.clear()
  for (const each of running) await each?.close()
}

/**
 * A browser of its own, with an IP address of its own, signed in when a customer is given. At the end of the test an error in
 * its console, a script that threw, a violated policy or a failed page fails the test.
 */
export async function visit(mode: Mode, given: Given = {}): Promise<Page> {
  const context = await takeContext(mode)
  const page = await context.newPage()
  const faults = watch(page, given)
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await takePicture(page, task.name)
    await giveBack(context, mode)
    expect(faults).toEqual([])
  })
  if (given.customer) await adopt(context, await insertSession(given.customer))
  return page
}

const keyOf = ({ hasScript, width, height, isPhone, isFirefox }: Mode) =>
  [origin(), hasScript, width, height, isPhone, isFirefox].join()

async function takeContext(mode: Mode): Promise<BrowserContext> {
  const context = free.get(keyOf(mode))?.pop() ?? (await newContext(await browserOf(mode), mode))
  await context.setExtraHTTPHeaders({ 'x-forwarded-for': newIp() })
  return context
}

function browserOf({ isFirefox }: Mode): Promise<Browser> {
  if (isFirefox) {
    firefox ??= launchFirefox()
    return firefox
  }
  browser ??= launchBrowser()
  return browser
}

async function newContext(running: Browser, mode: Mode) {
  const { hasScript, width, height, isPhone, isFirefox = false } = mode
  const context = await running.newContext({
    baseURL: origin(),
    locale: 'id-ID',
    javaScriptEnabled: hasScript,
    viewport: { width, height },
    // Playwright does not offer it for Firefox.
    isMobile: isPhone && !isFirefox,
    hasTouch: isPhone,
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(PATIENCE_MS)
  return context
}

/** Leaves nothing of the test in the context but its cache. */
async function giveBack(context: BrowserContext, mode: Mode) {
  await Promise.all(context.pages().map((page) => page.close()))
  await context.clearCookies()
  await context.clearPermissions()
  await context.unrouteAll({ behavior: 'ignoreErrors' })
  const key = keyOf(mode)
  free.set(key, [...(free.get(key) ?? []), context])
}

/** Gives a browser the cookies of a client. */
async function adopt(context: BrowserContext, { cookies }: Client) {
  await context.addCookies(
    [...cookies].map(([name, value]) => ({ name, value, url: origin(), httpOnly: true })),
  )
}

const NOT_FOUND = /Failed to load resource: the server responded with a status of 404/

/** A style of Playwright's own script, to which Firefox applies the policy of the page. */
const OF_PLAYWRIGHT = 'sha256-YjaKGiklmzC6wjXA513HAMmzus8VE61XCOT+SmwNZWA='

function watch(page: Page, { foreseen = NOT_FOUND, mayFail = false }: Given): string[] {
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !foreseen.test(message.text())) faults.push(message.text())
  })
  page.on('pageerror', (error) => {
    if (!String(error).includes(OF_PLAYWRIGHT)) faults.push(error.stack || String(error))
  })
  page.on('response', (response) => {
    if (response.status() >= 500 && !mayFail) faults.push(`${response.status()} ${response.url()}`)
  })
  return faults
}

async function takePicture(page: Page, name: string) {
  mkdirSync(PICTURES, { recursive: true })
  const file = `${PICTURES}/${name.replace(/\W+/g, '-').slice(0, 80)}.png`
  await page.screenshot({ path: file, fullPage: true }).catch(() => {})
}
