import { afterEach, describe, expect, it, vi } from 'vitest'
import id from '@/messages/id.json'
import outage from '@/messages/outage.json'
import { newCustomer, newEmail } from '../support/customers'
import { insertCustomer } from '../support/fixtures'
import { arrivesAt, fillRegistration, isTakenOver, press } from '../support/pages'
import { startProxiedProduct } from '../support/proxied-product'
import { DESKTOP, NO_SCRIPT, PHONE, visit } from '../support/walk'

const own = startProxiedProduct()
const FAILED = { mayFail: true, foreseen: /status of 503|net::ERR/ }

afterEach(() => own().proxy.restore())

const lines = () =>
  own()
    .product.readLog()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))

/** The reference that a page shows is the request id of the line with the error. */
async function isLogged(text: string) {
  const requestId = /Customer Care: ([\w-]+)/.exec(text)?.[1] ?? 'none'
  await vi.waitFor(() =>
    expect(lines()).toContainEqual(expect.objectContaining({ event: 'request_failed', requestId })),
  )
}

/** Lets the product reach its database again, and waits until it does. */
async function heal() {
  own().proxy.restore()
  const { origin } = own().product
  await vi.waitFor(async () => expect((await fetch(`${origin}/readyz`)).status).toBe(200), 15_000)
}

describe.each([PHONE, DESKTOP])('while the database is away, $mode', (mode) => {
  it('E4 a form stays with what was typed, says so with a reference, and can be sent again', async () => {
    const page = await visit(mode, { customer: await insertCustomer(), ...FAILED })
    const email = newEmail()
    await page.goto('/profile/recovery/email')
    await isTakenOver(page)
    await page.getByLabel('Email', { exact: true }).fill(email)
    own().proxy.refuse()
    await press(page, 'Simpan')
    const summary = page.locator('main form [role=alert]:focus')
    await summary.getByText(id.error.heading).waitFor()
    expect(await summary.textContent()).toContain(id.error.kept)
    await isLogged((await summary.textContent()) ?? '')
    expect(await page.getByLabel('Email', { exact: true }).inputValue()).toBe(email)
    await heal()
    await press(page, 'Simpan')
    await arrivesAt(page, '/profile/recovery/authorise')
  })

  it('E4 a log-out that fails says so across the header', async () => {
    const page = await visit(mode, { customer: await insertCustomer(), ...FAILED })
    await page.goto('/profile/recovery/email')
    await isTakenOver(page)
    const height = await page.locator('header').evaluate((header) => header.clientHeight)
    own().proxy.refuse()
    await press(page, 'Keluar')
    const message = page.locator('#header-message')
    await message.getByText(id.header.logoutFailed).waitFor()
    await isLogged((await message.textContent()) ?? '')
    const [box, links] = [
      await message.boundingBox(),
      await page.locator('header nav').boundingBox(),
    ]
    expect(box).toMatchObject({ x: 0, width: mode.width })
    expect((links?.y ?? 0) + (links?.height ?? 0)).toBeLessThanOrEqual(height)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(mode.width)
    await heal()
    await press(page, 'Keluar')
    await arrivesAt(page, '/logged-out')
  })
})

it('E4 a registration without JavaScript is kept but for the password', async () => {
  const page = await visit(NO_SCRIPT, FAILED)
  const customer = newCustomer()
  await page.goto('/register')
  await fillRegistration(page, customer)
  own().proxy.refuse()
  await press(page, 'Daftar')
  await page.getByRole('heading', { name: outage.id.heading }).waitFor()
  await isLogged((await page.textContent('main')) ?? '')
  expect(await page.getByLabel('Email').inputValue()).toBe(customer.email)
  expect(await page.getByLabel('Kata sandi').inputValue()).toBe('')
  await page.getByLabel('Kata sandi').fill(customer.password)
  await heal()
  await press(page, 'Kirim lagi · Send again')
  await arrivesAt(page, '/register/code')
})
