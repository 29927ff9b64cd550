import { describe, expect, it } from 'vitest'
import { newClient } from '../support/client'
import {
  newCustomer,
  newEmail,
  nextMessage,
  walkLogin,
  walkRecovery,
  walkRegistration,
} from '../support/customers'
import { insertCustomer, insertEvents, insertSession } from '../support/fixtures'
import { textOf } from '../support/html'
import { arrivesAt, follow, reads } from '../support/pages'
import { productNow } from '../support/running'
import { DESKTOP, PHONE, visit } from '../support/walk'

/** Indonesian western time is UTC+7. */
const WIB_MS = 7 * 60 * 60 * 1_000

describe('R59 the activity page', () => {
  it('lists each event, newest first, with time, device, address and the delivery of its notices', async () => {
    const customer = await walkRegistration()
    const client = await insertSession(customer)
    const recovery = newEmail('cadangan.example')
    await walkRecovery(client, customer, 'email', recovery)
    const { text } = await nextMessage(customer.email, 'notice.recovery_confirmed')
    const reference = /Nomor referensi: (\w{8})/.exec(text)?.[1] ?? 'none'
    await nextMessage(customer.phone, 'notice.recovery_confirmed')
    const page = await visit(PHONE, { customer })
    await page.goto('/profile')
    await follow(page, 'Aktivitas akun')
    await arrivesAt(page, '/profile/activity')
    const happened = await page.locator('main ol > li p:first-child').allInnerTexts()
    expect(happened).toEqual([
      'Akun Recovery sudah aktif di akunmu',
      'Akun Recovery baru ditambahkan ke akunmu',
      'Email utama akunmu diverifikasi',
      'Perangkat baru masuk ke akunmu',
      'Akunmu sudah dibuat',
    ])
    const entry = page.locator('li', { hasText: 'Akun Recovery sudah aktif' })
    await entry.getByText(/^\d\d\.\d\d\sWIB$/).waitFor()
    await entry.getByText(/^w.•••.@c.*\.example$/).waitFor()
    await entry.getByText('Rincian').click()
    await entry.getByText(reference, { exact: true }).waitFor()
    await entry.getByRole('button', { name: 'Salin nomor referensi' }).waitFor()
    await entry.getByText(/^\d (terkirim|sampai)/).waitFor()
    expect(await page.content()).not.toContain(recovery)
  })
})

describe('the activity page', () => {
  it('has a heading for each day in Indonesian western time', async () => {
    const customer = await insertCustomer()
    const today = new Date(productNow().getTime() + WIB_MS).setUTCHours(0, 0, 0, 0) - WIB_MS
    await insertEvents(customer, [
      { type: 'registered', at: new Date('2026-01-05T05:00:00Z') },
      { type: 'password_changed', at: new Date(today - 1) },
      { type: 'email_changed', at: new Date(today) },
    ])
    const client = await insertSession(customer)
    const { html } = await client.open('/profile/activity')
    expect(textOf(html)).toMatch(
      /Hari ini, \d+ \w+ \d{4} Email utama akunmu diganti 00\.00\sWIB.*Kemarin, \d+ \w+ \d{4} Kata sandimu diganti 23\.59\sWIB.*Senin, 5 Januari 2026 Akunmu sudah dibuat 12\.00\sWIB/s,
    )
  })

  it('begins with the registration and the first log-in, in English with an upper-case letter', async () => {
    const client = newClient()
    await walkRegistration(newCustomer(), client)
    await client.press(await client.open('/profile'), 'English')
    const text = textOf((await client.open('/profile/activity')).html)
    for (const words of [
      'Your account was created',
      'The main email of your account was verified',
      'A new device logged in to your account',
      'We keep these events for at least 5 years.',
    ])
      expect(text).toContain(words)
  })

  it('leads from what somebody else could have done to the freeze, and from nothing else', async () => {
    const customer = await insertCustomer()
    await insertEvents(customer, [
      { type: 'registered', at: productNow() },
      { type: 'new_device', at: productNow() },
    ])
    const page = await visit(PHONE, { customer })
    await page.goto('/profile/activity')
    const rows = page.locator('main ol > li')
    expect(await rows.filter({ hasText: 'Akunmu sudah dibuat' }).getByRole('link').count()).toBe(0)
    await rows
      .filter({ hasText: 'Perangkat baru' })
      .getByRole('link', { name: /^Bukan kamu\? Perangkat baru masuk ke akunmu/ })
      .click()
    await arrivesAt(page, '/profile/freeze')
  })

  it('ignores an impossible page number', async () => {
    const client = await walkLogin(await walkRegistration())
    // The state of a notice may change between two requests.
    const referencesOf = (html: string) => textOf(html).match(/\b[2-9B-DF-HJ-NP-TV-XZ]{8}\b/g)
    const first = referencesOf((await client.open('/profile/activity')).html)
    expect(first).not.toBeNull()
    for (const before of [
      '',
      '0',
      '-1',
      '1.5',
      'abc',
      '1e3',
      '99999999999999999999',
      '%00',
      "1'--",
      '1&before=2',
    ]) {
      const page = await client.open(`/profile/activity?before=${before}`)
      expect([before, page.status, referencesOf(page.html)]).toEqual([before, 200, first])
    }
  })

  it('says that a page beyond the end is empty, and links back', async () => {
    const page = await visit(DESKTOP, { customer: await walkRegistration() })
    await page.goto('/profile/activity?before=1')
    await reads(page, 'Tidak ada lagi aktivitas.')
    await follow(page, 'Lihat yang terbaru')
    await reads(page, 'Akunmu sudah dibuat')
  })

  it('prints only its lines, without header and links', async () => {
    const page = await visit(DESKTOP, { customer: await walkRegistration() })
    await page.goto('/profile/activity')
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('link').filter({ visible: true }).count()).toBe(0)
    expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0)
    await reads(page, 'Akunmu sudah dibuat')
    await reads(page, 'Nomor referensi untuk Customer Care')
  })
})
