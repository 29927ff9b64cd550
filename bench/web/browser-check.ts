import type { Browser, Request } from 'playwright-core'
import { launchBrowser } from '@/tests/support/browser'
import { openConnections, type Sending } from './browser-requests'
import { startProduct } from './product'
import { SERIES, type Series } from './product-forms'
import { createVisitor } from './product-visitor'
import { PASSWORD } from './seed'
import type { Testbed } from './testbed'

/** What a browser sent that the driver does not send, and the other way round. */
export type BrowserCheck = { version: string; differences: string[] }

type Sent = { method: string; headers: Record<string, string>; fields: string[] }

/** Headers that belong to the connection or name the version of the browser. */
const IGNORED = [
  ...['host', 'connection', 'content-length', 'x-forwarded-for', 'user-agent'],
  'sec-ch-ua',
]

/** Logs in with Chromium, with and without JavaScript, and compares its posts with the driver's. */
export async function checkAgainstBrowser(testbed: Testbed): Promise<BrowserCheck> {
  const product = await startProduct(testbed.server.secrets, testbed.databaseUrl)
  const browser = await launchBrowser()
  const { send: open, close } = openConnections(product.origin)
  try {
    const site = { origin: product.origin, customers: testbed.customers, open }
    const email = testbed.customers.logins[0]?.email ?? ''
    const differences: string[] = []
    for (const series of SERIES) {
      const visitor = createVisitor(site, series)
      const form = await visitor.formOf('/login', 'identifier')
      const driven = describe(visitor.post(form, { identifier: email, password: PASSWORD }))
      const real = await logInWith(browser, { origin: product.origin, series, email })
      differences.push(...compare(real, driven).map((each) => `${series}: ${each}`))
    }
    return { version: browser.version(), differences }
  } finally {
    await close()
    await browser.close()
    await product.stop()
  }
}

async function logInWith(
  browser: Browser,
  { origin, series, email }: { origin: string; series: Series; email: string },
): Promise<Sent> {
  const context = await browser.newContext({
    ...{ baseURL: origin, locale: 'id-ID', javaScriptEnabled: series === 'action' },
  })
  const page = await context.newPage()
  await page.goto('/login')
  await page.locator('input[name=identifier]').fill(email)
  await page.locator('input[name=password]').fill(PASSWORD)
  const posted = page.waitForRequest((request) => request.method() === 'POST')
  await page.locator('main form:has(input) button[type=submit]').first().click()
  const sent = await describeRequest(await posted)
  await context.close()
  return sent
}

const describeRequest = async (request: Request): Promise<Sent> => ({
  method: request.method(),
  headers: await request.allHeaders(),
  fields: fieldsIn(request.postDataBuffer()?.toString() ?? ''),
})

const describe = ({ headers, body = '' }: Sending): Sent => ({
  ...{ method: body === '' ? 'GET' : 'POST', headers, fields: fieldsIn(body) },
})

/** The names of the fields, in order, and the values of those that Next reads. */
function fieldsIn(body: string) {
  const fields = body.matchAll(/name="([^"]*)"\r\n\r\n([^\r]*)/g)
  return [...fields].map(([, name = '', value = '']) =>
    name === '0' || name.includes('$ACTION_') ? `${name}=${withoutKey(name, value)}` : name,
  )
}

const withoutKey = (name: string, value: string) => (name.endsWith('$ACTION_KEY') ? 'a key' : value)

function compare(real: Sent, driven: Sent): string[] {
  const names = new Set([...Object.keys(real.headers), ...Object.keys(driven.headers)])
  const headers = [...names].filter((name) => !IGNORED.includes(name)).toSorted()
  return [
    ...differenceOf('method', real.method, driven.method),
    ...headers.flatMap((name) => differenceOf(name, headerOf(real, name), headerOf(driven, name))),
    ...differenceOf('fields', real.fields.join(' '), driven.fields.join(' ')),
  ]
}

function headerOf({ headers }: Sent, name: string) {
  const value = headers[name] ?? 'absent'
  return name === 'content-type' ? value.replace(/boundary=.*/, 'boundary') : value
}

const differenceOf = (what: string, real: string, driven: string) =>
  real === driven ? [] : [`${what}: Chromium ${real}, driver ${driven}`]
