import { describe, expect, it } from 'vitest'
import {
  newEmail,
  nextMessage,
  walkLogin,
  walkRecovery,
  walkRegistration,
} from '../support/customers'
import { insertSession } from '../support/fixtures'
import { textOf } from '../support/html'
import { arrivesAt, follow, reads } from '../support/pages'
import { DESKTOP, PHONE, visit } from '../support/walk'

describe('R59 the activity page', () => {
  it('lists each event, newest first, with time, device, address and the delivery of its notices', async () => {
    const customer = await walkRegistration()
    const client = await insertSession(customer)
    const recovery = newEmail('cadangan.example')
    await walkRecovery(client, customer, 'email', recovery)
    const { text } = await nextMessage(customer.email, 'notice.recovery_confirmed')
    const reference = /Referensi: (\w{8})/.exec(text)?.[1] ?? 'none'
    await nextMessage(customer.phone, 'notice.recovery_confirmed')
    const page = await visit(PHONE, { customer })
    await page.goto('/profile')
    await follow(page, 'Aktivitas akun')
    await arrivesAt(page, '/profile/activity')
    const happened = await page.locator('ol > li > p').allInnerTexts()
    expect(happened.filter((words) => !words.startsWith('Perangkat baru'))).toEqual([
      'Akun Recovery sudah aktif di akunmu',
      'Akun Recovery baru ditambahkan ke akunmu',
      'Email utama akunmu dikonfirmasi',
      'Akunmu sudah dibuat',
    ])
    const entry = page.locator('li', { hasText: 'Akun Recovery sudah aktif' })
    await entry.getByText(/^\d+ \w+ \d{4}, \d\d\.\d\d\sWIB$/).waitFor()
    await entry.getByText(reference, { exact: true }).waitFor()
    await entry.getByText(/^w.•••.@c.*\.example$/).waitFor()
    await entry.getByText(/^\d (terkirim|sampai)/).waitFor()
    expect(await page.content()).not.toContain(recovery)
  })
})

describe('the activity page', () => {
  it('ignores an impossible page number', async () => {
    const client = await walkLogin(await walkRegistration())
    const first = textOf((await client.open('/profile/activity')).html)
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
      expect([before, page.status, textOf(page.html)]).toEqual([before, 200, first])
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
  })
})
