import { expect, it, onTestFinished } from 'vitest'
import { launchBrowser } from '../support/browser'
import { newIp } from '../support/client'
import { OTHER_PASSWORD } from '../support/customers'
import { insertCustomer } from '../support/fixtures'
import { arrivesAt, isRefused, logIn, SENTENCE } from '../support/pages'
import { origin } from '../support/running'

/** A browser without JavaScript that knows this machine by a name of the local network, over plain http. */
async function visitByName() {
  const browser = await launchBrowser({
    args: ['--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP toko.lan 127.0.0.1'],
  })
  onTestFinished(() => browser.close())
  const context = await browser.newContext({
    javaScriptEnabled: false,
    baseURL: origin().replace('localhost', 'toko.lan'),
    extraHTTPHeaders: { 'x-forwarded-for': newIp() },
  })
  return context.newPage()
}

it('a browser on another machine of the network posts forms, and does not see the local inbox', async () => {
  const customer = await insertCustomer()
  const page = await visitByName()
  await page.goto('/login')
  await logIn(page, customer.email, OTHER_PASSWORD)
  await isRefused(page, SENTENCE.login_wrong)
  await logIn(page, customer.email, customer.password)
  await arrivesAt(page, '/profile')
  for (const path of ['/dev/inbox', '/dev/inbox.json'])
    expect((await page.goto(path))?.status()).toBe(404)
})
