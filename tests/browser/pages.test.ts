import { describe, expect, it } from 'vitest'
import { newClient } from '../support/client'
import { newCustomer, nextCode, walkRegistration } from '../support/customers'
import { insertCustomer, insertSession } from '../support/fixtures'
import { arrivesAt, fillRegistration, follow, press, reads } from '../support/pages'
import { PHONE, visit } from '../support/walk'

/** The targets of links. */
const hrefsOf = (links: Element[]) => links.map((link) => link.getAttribute('href'))

describe('every visitor', () => {
  it('sees our page for a missing address, with a link back', async () => {
    const page = await visit(PHONE)
    const answer = await page.goto('/tidak/ada')
    expect(answer?.status()).toBe(404)
    await reads(page, 'Halaman ini tidak ada')
    expect(await page.title()).toBe('Halaman tidak ditemukan – Blibli')
    await follow(page, 'Ke beranda')
    await arrivesAt(page, '/')
  })

  it('is redirected to the wizard from an unknown step', async () => {
    const page = await visit(PHONE, { customer: await insertCustomer() })
    await page.goto('/profile/recovery/faks/confirm')
    await arrivesAt(page, '/profile/recovery')
  })

  it('finds goods by a word, and reads when there are none', async () => {
    const page = await visit(PHONE)
    await page.goto('/')
    await page.getByRole('searchbox').fill('lampu')
    await press(page, 'Cari')
    await reads(page, 'Hasil untuk "lampu"')
    await reads(page, 'Lampu meja LED')
    await page.getByRole('searchbox').fill('gajah')
    await press(page, 'Cari')
    await reads(page, 'Belum ada barang yang cocok')
    await follow(page, 'Lihat semua barang')
    await reads(page, 'Rekomendasi hari ini')
  })

  it('finds customer care and answers', async () => {
    const page = await visit(PHONE)
    await page.goto('/')
    await follow(page, 'Bantuan')
    await arrivesAt(page, '/help')
    for (const contact of [
      '021-25556060',
      '@BlibliCare',
      'customer.care@blibli.com',
      'Live chat',
      'Facebook',
    ])
      await reads(page, contact)
    expect(await page.locator('section:has(#contacts) a').evaluateAll(hrefsOf)).toEqual(
      expect.arrayContaining(['tel:02125556060', 'mailto:customer.care@blibli.com']),
    )
    await page.getByText('Kode OTP belum sampai. Harus bagaimana?').click()
    await reads(page, /^Tunggu sampai hitung mundur selesai/)
  })

  it('sees the marker of a closed answer in forced colours, in the colour of its question', async () => {
    const page = await visit(PHONE)
    await page.goto('/help')
    await page.emulateMedia({ forcedColors: 'active' })
    const [question, marker] = await page
      .locator('summary')
      .first()
      .evaluate((summary) =>
        [summary, summary.querySelector('svg')].map((part) => part && getComputedStyle(part).color),
      )
    expect(marker).toBe(question)
  })

  it('without any way in finds what to do from the forgotten password and from the help', async () => {
    const page = await visit(PHONE)
    await page.goto('/help')
    await follow(page, 'Tidak ada cara masuk lagi?')
    await arrivesAt(page, '/help/lost')
    await page.goto('/reset')
    await follow(page, 'Kehilangan nomor dan Akun Recovery?')
    await arrivesAt(page, '/help/lost')
    await reads(page, 'Ambil kembali nomormu')
    await reads(page, 'Jangan pernah berikan kode atau kata sandi')
    await reads(page, '021-25556060')
  })

  it('chooses the language, and it stays chosen', async () => {
    const page = await visit(PHONE)
    await page.goto('/login')
    expect(await page.locator('html').getAttribute('lang')).toBe('id')
    await press(page, 'English')
    await page.locator('html[lang=en]').waitFor()
    await page.goto('/register')
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    await press(page, 'Bahasa Indonesia')
    await page.locator('html[lang=id]').waitFor()
  })

  it('of the local inbox sees the sent messages, newest first', async () => {
    const customer = await walkRegistration()
    const page = await visit(PHONE)
    await page.goto('/dev/inbox')
    await reads(page, 'Kotak masuk lokal')
    await page.goto('/dev/inbox')
    expect(await page.locator('article').count()).toBeGreaterThan(1)
    await reads(page, customer.email)
  })
})

describe('the well-known addresses', () => {
  it('P8 /.well-known/change-password redirects to the password page, and other names answer 404', async () => {
    const client = await insertSession(await insertCustomer())
    const answer = await client.open('/.well-known/change-password')
    expect([302, 303, 307]).toContain(answer.status)
    expect(answer.location).toBe('/profile/password')
    expect((await client.follow(answer)).html).toContain('Kata sandi sekarang')
    expect(
      (
        await newClient().open(
          '/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200',
        )
      ).status,
    ).toBe(404)
  })

  it('/healthz and /readyz answer 200 while the product is healthy', async () => {
    const client = newClient()
    expect((await client.open('/healthz')).status).toBe(200)
    expect((await client.open('/readyz')).status).toBe(200)
  })
})

describe('a send without a network', () => {
  it('E4 shows the fault, keeps what the customer typed, and works when the network is back', async () => {
    const customer = newCustomer()
    const page = await visit(PHONE, { foreseen: /ERR_INTERNET_DISCONNECTED/ })
    await page.goto('/register')
    await page.getByRole('button', { name: 'Tampilkan kata sandi' }).waitFor()
    await fillRegistration(page, customer)
    await page.route('**/register', (route) =>
      route.request().method() === 'POST' ? route.abort('internetdisconnected') : route.continue(),
    )
    await press(page, 'Daftar')
    await reads(page, 'Koneksi internet terputus')
    expect(await page.getByLabel('Nama', { exact: true }).inputValue()).toBe(customer.name)
    await page.unroute('**/register')
    await page.getByLabel('Kata sandi', { exact: true }).fill(customer.password)
    await press(page, 'Daftar')
    await arrivesAt(page, '/register/code')
    expect(await nextCode(customer.phone)).toMatch(/^\d{6}$/)
  })
})
