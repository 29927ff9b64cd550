import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Cookie, Page } from 'playwright-core'
import type { Product } from '@/tests/support/product'

const CUSTOMER = {
  name: 'Ratna Wulandari',
  email: 'ratna@surat.example',
  phone: '081311112222',
  password: 'perahu kertas di atas atap',
}
const POLL_INTERVAL_MS = 100

/**
 * The cookies of a signed-in customer, and the path of the secure link in a notice. `beginReset` starts a
 * reset of that customer and returns the cookies of its browser.
 */
export type Visitors = {
  customer: Cookie[]
  secureLink: string
  beginReset(): Promise<Cookie[]>
}

/**
 * Registers a customer, and signs them in in another browser. A log-in in a new browser sends a notice
 * with a secure link.
 */
export async function createVisitors(browser: Browser, product: Product): Promise<Visitors> {
  const { name, email, phone, password } = CUSTOMER
  await withContext(browser, product.origin, async (page) => {
    await send(page, '/register', { name, email, phone, password })
    await page.waitForURL('**/register/code')
    await page.locator('input[name=code]').fill(await findText(product, phone, /\b\d{6}\b/))
    await submit(page)
    await page.waitForURL('**/register/email')
    await page.locator('input[name=code]').fill(await findText(product, email, /\b\d{6}\b/))
    await submit(page)
    await page.waitForURL('**/register/done')
  })
  const customer = await withContext(browser, product.origin, async (page) => {
    await send(page, '/login', { identifier: email, password })
    await page.waitForURL('**/profile')
  })
  const secureLink = await findText(product, email, /\/secure\/[\w-]+/)
  return { customer, secureLink, beginReset: () => beginReset(browser, product.origin) }
}

const beginReset = (browser: Browser, origin: string) =>
  withContext(browser, origin, async (page) => {
    await page.goto('/reset')
    await page.locator('input[name=choice]').first().check()
    await page.locator('input[name=identifier]').fill(CUSTOMER.email)
    await submit(page)
    await page.waitForURL('**/reset/code')
  })

/** Runs `visit` in a new browser context and returns its cookies. */
async function withContext(browser: Browser, origin: string, visit: (page: Page) => Promise<void>) {
  const context = await browser.newContext({ baseURL: origin, locale: 'id-ID' })
  await visit(await context.newPage())
  const cookies = await context.cookies()
  await context.close()
  return cookies
}

async function send(page: Page, path: string, values: Record<string, string>) {
  await page.goto(path)
  for (const [name, value] of Object.entries(values))
    await page.locator(`input[name=${name}]`).fill(value)
  await submit(page)
}

const submit = (page: Page) =>
  page.locator('main form:has(input) button[type=submit]').first().click()

async function findText(product: Product, to: string, pattern: RegExp): Promise<string> {
  for (;;) {
    const found = (await product.inbox(to)).flatMap(({ text }) => pattern.exec(text)?.[0] ?? [])
    if (found[0]) return found[0]
    await sleep(POLL_INTERVAL_MS)
  }
}
