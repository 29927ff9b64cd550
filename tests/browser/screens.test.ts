import type { Page } from 'playwright-core'
import { describe, it } from 'vitest'
import {
  newEmail,
  newPhone,
  nextCode,
  nextMessage,
  walkRegistration,
  walkToConfirmation,
} from '../support/customers'
import { insertCustomer, insertRecovery, insertSession } from '../support/fixtures'
import { linkIn } from '../support/html'
import { isAccessible, isNotWide, isSound } from '../support/inspect'
import {
  answerCode,
  arrivesAt,
  BY_PHONE,
  fillRegistration,
  follow,
  press,
  pressEarly,
  startReset,
  typeAddress,
} from '../support/pages'
import { PHONE, visit } from '../support/walk'

/** An e-mail has no landmarks. */
const OF_A_LETTER = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }

const OPEN =
  `/ /?q=gajah /?q=tas /?category=audio /produk/lampu-meja /keranjang /login /register /reset /reset/done /secure/forged /veto/forged /unfreeze
    /unfreeze/done /help /help/lost /logged-out /reset/link/forged /stop/forged /tidak/ada`.split(
    /\s+/,
  )
const PROFILE =
  `/ /profile /profile/points /profile/password /profile/devices /profile/activity /profile/freeze /profile/care
  /profile/restriction /profile/recovery /profile/recovery/phone /profile/email /profile/email/verify`.split(
    /\s+/,
  )
const WITH_RECOVERY = `/profile /profile/points /profile/recovery /profile/recovery/done
  /profile/recovery/phone/replace /profile/recovery/phone/remove`.split(/\s+/)

async function areSound(page: Page, paths: readonly string[]) {
  for (const path of paths) {
    await page.goto(path)
    await isSound(page)
  }
}

/** Presses a button, and checks the screen with the refusal. */
async function isSoundRefused(page: Page, path: string, button: string) {
  await page.goto(path)
  await press(page, button)
  await page.locator('main [aria-invalid=true]').first().waitFor()
  await isSound(page)
}

describe('E2 E3 O14 axe, the width, 400 % zoom and the language check pass on the screens', () => {
  it('of signed-out visitors', async () => {
    const page = await visit(PHONE)
    await areSound(page, OPEN)
    await page.goto('/dev/inbox')
    await isAccessible(page)
    await isNotWide(page)
  })

  it('of the profile and the wizard', async () => {
    const customer = await insertCustomer()
    const page = await visit(PHONE, { customer })
    await areSound(page, PROFILE)
    await page.goto('/profile/recovery/email')
    await isSound(page)
    await typeAddress(page, 'email', newEmail())
    await arrivesAt(page, '/profile/recovery/authorise')
    await isSound(page)
    await answerCode(page, await nextCode(customer.phone))
    await arrivesAt(page, '/profile/recovery/email/confirm')
    await isSound(page)
    await insertRecovery(customer, 'phone', newPhone())
    await areSound(page, WITH_RECOVERY)
    await press(page, 'Kirim kode')
    await page.getByLabel('Kode OTP').waitFor()
    await isSound(page)
  })

  it('of the own data', async () => {
    const customer = await insertCustomer()
    const page = await visit(PHONE, { customer })
    await areSound(page, ['/profile/export', '/profile/saved-code', '/profile/erase'])
    await page.getByLabel('Kata sandi sekarang').fill(customer.password)
    await press(page, 'Kirim kode')
    await arrivesAt(page, '/profile/erase/code')
    await isSound(page)
    await answerCode(page, await nextCode(customer.phone), 'Hapus akun')
    await page.getByRole('button', { name: 'Batalkan penghapusan' }).waitFor()
    await areSound(page, ['/profile/erase', '/profile'])
    await page.goto('/profile/export')
    await page.getByLabel('Kata sandi sekarang').fill(customer.password)
    await press(page, 'Siapkan data')
    await arrivesAt(page, '/profile/export/done')
    await isSound(page)
  })

  it('of a change of the number', async () => {
    const customer = await insertCustomer()
    const page = await visit(PHONE, { customer })
    await areSound(page, ['/profile/phone'])
    await page.getByLabel('Nomor handphone baru').fill(newPhone())
    await page.getByLabel('Kata sandi sekarang').fill(customer.password)
    await page.getByRole('radio').first().check()
    await press(page, 'Kirim kode')
    await arrivesAt(page, '/profile/phone/authorise')
    await isSound(page)
    await answerCode(page, await nextCode(customer.phone))
    await arrivesAt(page, '/profile/phone/review')
    await isSound(page)
    await press(page, 'Kirim kode')
    await arrivesAt(page, '/profile/phone/confirm')
    await isSound(page)
  })

  it('of the link of a notice, before and after its use', async () => {
    const customer = await walkRegistration()
    const page = await visit(PHONE)
    await areSound(page, [linkIn(await nextMessage(customer.email, 'notice.email_confirmed'))])
    await press(page, 'Bekukan akun sekarang')
    await page.getByRole('button', { name: 'Buka lagi akun' }).waitFor()
    await isSound(page)
    await press(page, 'Buka lagi akun')
    await arrivesAt(page, '/unfreeze')
    await isSound(page)
  })

  it('of a registration and a reset in progress', async () => {
    const customer = await insertCustomer()
    const page = await visit(PHONE)
    await page.goto('/register')
    const newcomer = { ...customer, email: newEmail(), phone: newPhone() }
    await fillRegistration(page, newcomer)
    await press(page, 'Daftar')
    await arrivesAt(page, '/register/code')
    await isSound(page)
    await answerCode(page, await nextCode(newcomer.phone))
    await arrivesAt(page, '/register/email')
    await isSound(page)
    await follow(page, 'Nanti saja')
    await arrivesAt(page, '/register/done')
    await isSound(page)
    await startReset(page, customer.phone, BY_PHONE)
    await arrivesAt(page, '/reset/code')
    await isSound(page)
    await answerCode(page, '000000')
    await page.locator('#code-error').waitFor()
    await isSound(page)
    await pressEarly(page, 'Kirim ulang kode')
    await page.getByText('Kode baru belum bisa dikirim').waitFor()
    await isSound(page)
    await answerCode(page, await nextCode(customer.phone))
    await arrivesAt(page, '/reset/password')
    await isSound(page)
  })

  it('with the refusals of each form', async () => {
    const customer = await insertCustomer()
    await walkToConfirmation(await insertSession(customer), customer, 'phone', newPhone())
    const stranger = await visit(PHONE)
    await isSoundRefused(stranger, '/login', 'Masuk')
    await isSoundRefused(stranger, '/register', 'Daftar')
    await isSoundRefused(stranger, '/reset', 'Kirim kode')
    const page = await visit(PHONE, { customer })
    await isSoundRefused(page, '/profile/password', 'Simpan kata sandi')
    await isSoundRefused(page, '/profile/recovery', 'Lanjutkan')
    await isSoundRefused(page, '/profile/recovery/email', 'Simpan')
    await isSoundRefused(page, '/profile/recovery/phone/confirm', 'Verifikasi')
  })
})

it('M2 axe accepts an e-mail with a code and one with a link', async () => {
  const [customer, address] = [await walkRegistration(), newEmail()]
  await walkToConfirmation(await insertSession(customer), customer, 'email', address)
  const page = await visit(PHONE)
  for (const { html = '' } of [
    await nextMessage(address, 'code.'),
    await nextMessage(customer.email, 'notice.email_confirmed'),
  ]) {
    await page.setContent(html)
    await isAccessible(page, OF_A_LETTER)
  }
})
