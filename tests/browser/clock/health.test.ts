import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import translations from '@/messages/id.json'
import {
  type Customer,
  kindsTo,
  newEmail,
  newPhone,
  nextCode,
  nextMessage,
} from '../../support/customers'
import { insertCustomer, insertRecovery, insertSession } from '../../support/fixtures'
import { textOf } from '../../support/html'
import { wait } from '../../support/own-clock'
import { answerCode, arrivesAt, follow, press, reads } from '../../support/pages'
import { DESKTOP, PHONE, visit } from '../../support/walk'

const { profile } = translations

const DAY = 24 * 60 * 60_000

const health = (page: Page) => page.getByRole('region', { name: profile.waysHeading })
const yearlyCheck = (page: Page) =>
  health(page).getByRole('button', { name: 'Verifikasi Email Akun Recovery' })

async function recoverable() {
  const customer = await insertCustomer()
  const recovery = newEmail()
  await insertRecovery(customer, 'email', recovery)
  return { customer, recovery }
}

async function openProfile(customer: Customer, mode = PHONE) {
  const page = await visit(mode, { customer })
  await page.goto('/profile')
  return page
}

describe('R70 recovery health', () => {
  it('says that one recovery method is not enough, and which one is missing', async () => {
    const page = await openProfile(await insertCustomer(), PHONE)
    await health(page).getByText(profile.healthOneTitle).waitFor()
    const ways = await health(page).getByRole('listitem').allInnerTexts()
    expect(ways).toEqual([
      expect.stringMatching(/^Nomor utama\s+Aktif.*Terverifikasi \d+ \w+ \d{4}\./s),
      expect.stringMatching(/^Email Akun Recovery\s+Belum ada\.\s+Tambah/),
      expect.stringMatching(/^Nomor Akun Recovery\s+Belum ada\.\s+Tambah/),
      expect.stringMatching(/^Email utama\s+Belum diverifikasi.*Untuk saat ini hanya menerima/s),
      expect.stringMatching(/^Kode cadangan\s+.*Buat/s),
    ])
    await health(page).getByRole('link', { name: 'Verifikasi' }).click()
    await arrivesAt(page, '/profile/email/verify')
  })

  it('asks after a year whether the customer still reaches a recovery address, and rewards the right code with points', async () => {
    const { customer, recovery } = await recoverable()
    const before = await openProfile(customer, PHONE)
    await health(before).getByText('ada 2 cara untuk kembali masuk').waitFor()
    expect(await yearlyCheck(before).count()).toBe(0)
    await wait(365 * DAY)
    const page = await openProfile(customer, PHONE)
    await health(page).getByText(profile.stale).first().waitFor()
    await yearlyCheck(page).click()
    await arrivesAt(page, '/profile/recovery/email/verify')
    await answerCode(page, await nextCode(recovery))
    await arrivesAt(page, '/profile/done')
    await reads(page, '+100 poin')
    await reads(page, 'Poin kamu sekarang 1.100 poin')
    await follow(page, 'Ke profil')
    await reads(page, '1.100 poin')
    expect(await yearlyCheck(page).count()).toBe(0)
    await nextMessage(customer.phone, 'notice.recovery_reverified')
    await page.goto('/profile/recovery/email/verify')
    await arrivesAt(page, '/profile')
    await page.goto('/profile/points')
    await reads(page, 'Pemeriksaan tahunan Akun Recovery')
    await page.goto('/profile/activity')
    await reads(page, 'Akun Recovery di akunmu diverifikasi lagi')
  })
})

describe('R70 the yearly check', () => {
  it('accepts the right code after a wrong one and after a resend', async () => {
    const { customer, recovery } = await recoverable()
    await wait(366 * DAY)
    const page = await openProfile(customer, DESKTOP)
    await health(page).getByRole('button', { name: 'Verifikasi' }).click()
    await arrivesAt(page, '/profile/recovery/email/verify')
    await reads(page, 'Masukkan Kode OTP yang kami kirim ke')
    const first = await nextCode(recovery)
    await answerCode(page, String((Number(first) + 1) % 1_000_000).padStart(6, '0'))
    await reads(page, 'Kode OTP salah.')
    await wait(60_000)
    await page.reload()
    await press(page, 'Kirim ulang kode')
    await reads(page, 'Kode baru sudah dikirim.')
    await answerCode(page, await nextCode(recovery))
    await reads(page, 'Akun Recovery masih aktif')
  })

  it('sends one code for two taps, and none before it is due', async () => {
    const customer = await insertCustomer()
    const recovery = newPhone()
    const client = await insertSession(customer)
    await insertRecovery(customer, 'phone', recovery)
    expect((await client.open('/profile/recovery/phone/verify')).location).toBe('/profile')
    await wait(366 * DAY)
    const later = await insertSession(customer)
    const profile = await later.open('/profile')
    const button = 'Verifikasi Nomor Akun Recovery'
    for (const answer of [await later.press(profile, button), await later.press(profile, button)])
      expect(answer.location).toBe('/profile/recovery/phone/verify')
    expect(textOf((await later.open('/profile/recovery/phone/verify')).html)).toContain(
      'Masukkan Kode OTP',
    )
    await nextCode(recovery)
    expect(
      (await kindsTo(recovery)).filter((kind) => kind === 'code.reverify_recovery'),
    ).toHaveLength(1)
  })
})
