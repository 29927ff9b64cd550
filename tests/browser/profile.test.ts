import { describe, expect, it } from 'vitest'
import { newAddress, newEmail, newPhone, nextCode, walkToConfirmation } from '../support/customers'
import {
  confirmPrimaryEmail,
  insertCustomer,
  insertRecovery,
  insertSession,
} from '../support/fixtures'
import { textOf } from '../support/html'
import { isSound } from '../support/inspect'
import { answerCode, arrivesAt, follow, press, reads } from '../support/pages'
import { PHONE, visit } from '../support/walk'

describe('the profile', () => {
  it('F4 W1 W6 shows masked addresses with their state, the points, and the blue box at the bottom', async () => {
    const customer = await insertCustomer({ email: newEmail('kantor.example') })
    const client = await insertSession(customer)
    await insertRecovery(customer, 'email', newEmail('cadangan.example'))
    await walkToConfirmation(client, customer, 'phone', newPhone())
    const page = await visit(PHONE, { customer })
    await page.goto('/profile')
    await reads(page, `0813-\u2060••••-\u2060${customer.phone.slice(-4)}`)
    await reads(page, /^w.•••.@k.*\.example$/)
    await reads(page, /^w.•••.@c.*\.example$/)
    await reads(page, 'Aktif')
    await reads(page, 'Belum diverifikasi')
    await reads(page, /Ditambahkan \d+ \w+ \d{4}/)
    await reads(page, '1.000 poin')
    const box = await page.getByRole('link', { name: 'Tambah Akun Recovery' }).boundingBox()
    for (const heading of await page.getByRole('heading').all())
      expect((await heading.boundingBox())?.y).toBeLessThan(box?.y ?? 0)
  })

  it('R71 makes a saved code, which alone is printed, without an address', async () => {
    const customer = await insertCustomer()
    const page = await visit(PHONE, { customer })
    await page.goto('/profile')
    await follow(page, 'Buat Kode cadangan')
    await page.getByLabel('Kata sandi sekarang').fill(customer.password)
    await press(page, 'Kirim kode')
    await answerCode(page, await nextCode(customer.phone), 'Buat kode cadangan')
    await arrivesAt(page, '/profile/saved-code/done')
    await press(page, 'Tampilkan kode')
    const code = page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}$/)
    await code.waitFor()
    await isSound(page)
    expect(await page.getByRole('button', { name: 'Salin kode' }).isVisible()).toBe(true)
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute('data-printed', '')
    })
    await press(page, 'Cetak atau simpan PDF')
    await page.locator('body[data-printed]').waitFor()
    await page.emulateMedia({ media: 'print' })
    for (const seen of ['Kode cadangan Blibli', /^Dibuat \d/, /^Kode ini mengganti kata sandi/])
      expect(await page.getByText(seen).isVisible()).toBe(true)
    expect(await code.isVisible()).toBe(true)
    expect(await page.getByRole('heading', { name: 'Kode cadanganmu' }).isVisible()).toBe(false)
    expect(await page.getByText('Cetak atau simpan PDF').isVisible()).toBe(false)
    await page.emulateMedia({ media: 'screen' })
    await page.reload()
    await reads(page, /^Kode ini sudah ditampilkan/)
    expect(await code.count()).toBe(0)
  })

  it('of a complete account is at most 1 600 px high on a phone', async () => {
    const customer = await insertCustomer()
    await confirmPrimaryEmail(customer)
    for (const kind of ['email', 'phone'] as const)
      await insertRecovery(customer, kind, newAddress(kind))
    const page = await visit(PHONE, { customer })
    await page.goto('/profile')
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(
      1_600,
    )
  })

  it('contains no full address, neither in its text nor in the data for its scripts', async () => {
    const customer = await insertCustomer({ email: `x@${newPhone()}.example` })
    const client = await insertSession(customer)
    const [email, phone] = [newAddress('email'), newAddress('phone')]
    await insertRecovery(customer, 'phone', phone)
    await client.send('/profile/recovery/email', 'Simpan', { email })
    const { html: unfinished } = await client.open('/profile')
    expect(unfinished).toContain('Kamu belum selesai menambahkan')
    expect(unfinished).not.toContain(email)
    await client.send('/profile/recovery/authorise', 'Verifikasi', {
      code: await nextCode(customer.phone),
    })
    await client.send('/profile/recovery/email/confirm', 'Verifikasi', {
      code: await nextCode(email),
    })
    for (const path of [
      '/profile',
      '/profile/activity',
      '/profile/devices',
      '/profile/password',
      '/profile/recovery',
      '/',
    ]) {
      const { html } = await client.open(path)
      for (const whole of [customer.email, email, customer.phone.slice(1), phone.slice(1)])
        expect(html).not.toContain(whole)
    }
    expect(textOf((await client.open('/profile')).html)).not.toMatch(/\bx@/)
  })

  it('redirects a signed-out visitor to the log-in and back, on every page', async () => {
    const customer = await insertCustomer()
    const page = await visit(PHONE)
    for (const path of [
      '/profile/points',
      '/profile/devices',
      '/profile/activity',
      '/profile/recovery/email/remove',
    ]) {
      await page.goto(path)
      await arrivesAt(page, '/login')
    }
    await page.goto('/profile/password')
    await page.getByLabel('Email atau nomor handphone').fill(customer.email)
    await page.getByLabel('Kata sandi', { exact: true }).fill(customer.password)
    await page.keyboard.press('Enter')
    await arrivesAt(page, '/profile/password')
    await follow(page, 'Kembali ke profil')
    await arrivesAt(page, '/profile')
  })
})
