import { describe, expect, it } from 'vitest'
import { newClient } from '../support/client'
import { type Customer, kindsTo, walkLogin } from '../support/customers'
import { insertCustomer } from '../support/fixtures'
import { formsOf, textOf } from '../support/html'
import { arrivesAt, follow, press, reads } from '../support/pages'
import { PHONE, visit } from '../support/walk'

const ANDROID =
  'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36'
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 Version/17.6 Mobile Safari/604.1'

const logInFrom = (customer: Customer, userAgent: string) =>
  walkLogin(customer, newClient({ headers: { 'user-agent': userAgent } }))

type Client = Awaited<ReturnType<typeof logInFrom>>

const isSignedIn = async (client: Client) => (await client.open('/profile')).status === 200
const devicesIn = async (client: Client) => textOf((await client.open('/profile/devices')).html)

/** The ids of the other sessions, from the buttons of the page. */
const othersOf = async (client: Client) =>
  formsOf((await client.open('/profile/devices')).html).flatMap(({ buttons }) =>
    buttons.flatMap(({ attributes }) =>
      attributes.name === 'device' ? [attributes.value ?? ''] : [],
    ),
  )

describe('the devices page', () => {
  it('lists every device with its times, marks this one, and ends another', async () => {
    const customer = await insertCustomer()
    const [phone, tablet] = [await logInFrom(customer, ANDROID), await logInFrom(customer, IPHONE)]
    const page = await visit(PHONE, { customer })
    await page.goto('/profile')
    await follow(page, 'Perangkat yang masuk')
    await arrivesAt(page, '/profile/devices')
    await reads(page, 'Perangkat ini')
    expect(await page.getByText('Perangkat ini', { exact: true }).count()).toBe(1)
    await reads(page, 'Chrome di Android')
    const row = page.locator('li', { hasText: 'Chrome di Android' })
    await row.getByText('Handphone', { exact: true }).waitFor()
    await row.getByText(/^Terakhir dipakai \d+ \w+ \d{4}, \d\d\.\d\d\sWIB$/).waitFor()
    await reads(page, /^Masuk \d+ \w+ \d{4}, \d\d\.\d\d\sWIB$/)
    await press(page, 'Keluarkan Chrome di Android')
    await reads(page, 'Perangkat itu sudah keluar dari akunmu.')
    expect(await page.getByText('Chrome di Android').count()).toBe(0)
    await reads(page, 'Safari di iPhone')
    expect([await isSignedIn(phone), await isSignedIn(tablet)]).toEqual([false, true])
  })

  it('tells equal devices apart by a number, the one that logged in first being 1', async () => {
    const customer = await insertCustomer()
    const [first, second] = [await logInFrom(customer, ANDROID), await logInFrom(customer, ANDROID)]
    const page = await visit(PHONE, { customer })
    await page.goto('/profile/devices')
    await press(page, 'Keluarkan Chrome di Android (1)')
    await reads(page, 'Perangkat itu sudah keluar dari akunmu.')
    expect([await isSignedIn(first), await isSignedIn(second)]).toEqual([false, true])
  })

  it('shows the country of the last use', async () => {
    const customer = await insertCustomer()
    await logInFrom(customer, ANDROID)
    const own = await walkLogin(customer, newClient({ headers: { 'x-forwarded-for': '8.8.8.8' } }))
    expect(await devicesIn(own)).toMatch(/Amerika Serikat Sedang dipakai/)
  })

  it('ends all others at once, and hides that button when there are none', async () => {
    const customer = await insertCustomer()
    const others = [await logInFrom(customer, ANDROID), await logInFrom(customer, IPHONE)]
    const page = await visit(PHONE, { customer })
    await page.goto('/profile/devices')
    await press(page, 'Keluarkan semua perangkat lain')
    await reads(page, 'Semua perangkat lain sudah keluar dari akunmu.')
    expect(await page.getByRole('button', { name: /Keluarkan/ }).count()).toBe(0)
    expect(await Promise.all(others.map(isSignedIn))).toEqual([false, false])
    await follow(page, 'Lihat aktivitas akun')
    await reads(page, 'Perangkat lain dikeluarkan dari akunmu')
  })
})

describe('R55 a device whose session was ended elsewhere', () => {
  it('is redirected to the log-in by its next request, which changes nothing', async () => {
    const customer = await insertCustomer()
    const present = await logInFrom(customer, ANDROID)
    const ended = await visit(PHONE, { customer })
    await ended.goto('/profile/devices')
    await present.send('/profile/devices', 'Keluarkan semua perangkat lain')
    await press(ended, 'Keluarkan semua perangkat lain')
    await arrivesAt(ended, '/login')
    expect(await isSignedIn(present)).toBe(true)
  })
})

describe('R55 the sessions of other customers', () => {
  it('are not reachable: the id of one is treated like an invented id', async () => {
    const [owner, stranger] = [await insertCustomer(), await insertCustomer()]
    const [theirs, own, spare] = [
      await logInFrom(owner, ANDROID),
      await logInFrom(stranger, IPHONE),
      await logInFrom(stranger, ANDROID),
    ]
    await logInFrom(owner, IPHONE)
    const [victim = ''] = await othersOf(theirs)
    const page = await own.open('/profile/devices')
    const answers = []
    for (const device of [victim, 'f'.repeat(64), '']) {
      const { status, location } = await own.press(page, 'Keluarkan Chrome di Android', { device })
      answers.push({ status, location })
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await othersOf(theirs)).toEqual([victim])
    expect(await isSignedIn(spare)).toBe(true)
    expect(textOf((await own.open('/profile/activity')).html)).not.toContain(
      'dikeluarkan dari akunmu',
    )
  })

  it('send no message when they end, and add a line to the activity', async () => {
    const customer = await insertCustomer()
    await logInFrom(customer, ANDROID)
    const own = await logInFrom(customer, IPHONE)
    await own.send('/profile/devices', 'Keluarkan Chrome di Android')
    expect(textOf((await own.open('/profile/activity')).html)).toContain(
      'Satu perangkat dikeluarkan dari akunmu',
    )
    expect((await kindsTo(customer.email)).filter((kind) => kind.includes('session'))).toEqual([])
  })

  it('show no device name for an unknown user agent', async () => {
    const customer = await insertCustomer()
    const own = await logInFrom(customer, 'Hubungi 0800 untuk hadiah')
    expect(await devicesIn(own)).toContain('Perangkat tidak dikenal')
    expect(await devicesIn(own)).not.toContain('hadiah')
  })
})
