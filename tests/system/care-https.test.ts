import { createHash, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { launchBrowser } from '../support/browser'
import { arrivesAt, isTakenOver, press, reads } from '../support/pages'
import { query } from '../support/product-database'
import { origin, startOwnProduct } from '../support/running'
import { insertInvited } from '../support/staff-fixtures'
import { addAuthenticator } from '../support/virtual-authenticator'
import { CARE_HOST, configure, HOST, inFolder, ports, startNginx, stopNginx } from './nginx-site'

startOwnProduct({ APP_ORIGIN: `https://${HOST}`, CARE_ORIGIN: `https://${CARE_HOST}` })

beforeAll(async () => {
  await configure(new URL(origin()).port)
  await startNginx()
})
afterAll(stopNginx)

/**
 * A browser that finds both hosts at nginx and accepts its certificates. A browser that only ignores
 * their errors has no passkeys.
 */
async function visitThroughNginx() {
  const keys = ['fullchain.pem', 'care/fullchain.pem'].map((file) => {
    const { publicKey } = new X509Certificate(readFileSync(inFolder(file)))
    const der = publicKey.export({ type: 'spki', format: 'der' })
    return createHash('sha256').update(der).digest('base64')
  })
  const browser = await launchBrowser({
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
      `--host-resolver-rules=MAP *.toko.example:443 127.0.0.1:${ports.tls}`,
      `--ignore-certificate-errors-spki-list=${keys.join()}`,
    ],
  })
  onTestFinished(() => browser.close())
  const context = await browser.newContext({ locale: 'id-ID' })
  context.setDefaultTimeout(15_000)
  return context.newPage()
}

it('R78 a passkey is made and signs in at the https origin of the console, behind nginx', async () => {
  const { token, staffId } = await insertInvited('agent')
  const page = await visitThroughNginx()
  await addAuthenticator(page)
  await page.goto(`https://${CARE_HOST}/care/invitation/${token}`)
  await isTakenOver(page)
  await press(page, 'Buat kunci sandi')
  await arrivesAt(page, '/care/invitation/done')
  await page.goto(`https://${CARE_HOST}/`)
  await arrivesAt(page, '/care/sign-in')
  await isTakenOver(page)
  await press(page, 'Masuk dengan kunci sandi')
  await arrivesAt(page, '/care')
  await reads(page, 'Sisa pencarianmu')
  const cookies = await page.context().cookies(`https://${CARE_HOST}`)
  expect(cookies.find(({ name }) => name === '__Host-care-session')).toMatchObject({
    secure: true,
    httpOnly: true,
    sameSite: 'Strict',
    domain: CARE_HOST,
  })
  const [row] = await query('select ip from "StaffSession" where "staffId" = $1', [staffId])
  expect(row).toEqual({ ip: '127.0.0.1' })
})

it('neither host shows what the other one has', async () => {
  const page = await visitThroughNginx()
  for (const url of [`https://${HOST}/care/sign-in`, `https://${CARE_HOST}/login`])
    expect((await page.goto(url))?.status()).toBe(404)
  expect((await page.goto(`https://${HOST}/login`))?.status()).toBe(200)
})
