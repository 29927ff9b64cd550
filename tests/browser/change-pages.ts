import type { Page } from 'playwright-core'
import { type Customer, type Kind, nextCode } from '../support/customers'
import { answerCode, arrivesAt, press, reads } from '../support/pages'

export const KINDS = ['phone', 'email'] as const
export const FIELD = { phone: 'Nomor handphone baru', email: 'Email baru' } as const
export const CHANGED = {
  phone: 'Nomor utama sudah diganti',
  email: 'Email utama sudah diganti',
} as const
const BY_NUMBER = /^Nomor utama,/
export const BY_RECOVERY = /Akun Recovery/

export async function requestChange(
  page: Page,
  customer: Customer,
  kind: Kind,
  address: string,
  proof = BY_NUMBER,
) {
  await page.getByLabel(FIELD[kind]).fill(address)
  await page.getByLabel('Kata sandi sekarang').fill(customer.password)
  await page.getByRole('radio', { name: proof }).check()
  await press(page, 'Kirim kode')
}

/** Completes a change from the authorisation code to the code to the new address. */
export async function finish(page: Page, base: string, sentTo: string, address: string) {
  await arrivesAt(page, `${base}/authorise`)
  await reads(page, 'Langkah 2 dari 4')
  await answerCode(page, await nextCode(sentTo))
  await arrivesAt(page, `${base}/review`)
  await reads(page, 'Langkah 3 dari 4')
  await reads(page, 'Belum ada yang berubah.')
  await press(page, 'Kirim kode')
  await arrivesAt(page, `${base}/confirm`)
  await reads(page, 'Langkah 4 dari 4')
  await answerCode(page, await nextCode(address))
  await arrivesAt(page, '/profile/done')
}
