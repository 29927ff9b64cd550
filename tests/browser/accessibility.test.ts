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
import { isAccessible } from '../support/inspect'
import { answerCode, arrivesAt, BY_PHONE, press, startReset, typeAddress } from '../support/pages'
import { DESKTOP, type Mode, PHONE, visit } from '../support/walk'

/** A letter has none of the landmarks of a page. */
const OF_A_LETTER = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }

async function areAccessible(page: Page, paths: readonly string[]) {
  for (const path of paths) {
    await page.goto(path)
    await isAccessible(page)
  }
}

describe.each([PHONE, DESKTOP])(
  'E3 axe finds nothing wrong $mode, in light and dark,',
  (mode: Mode) => {
    it('with what everybody sees', async () => {
      const page = await visit(mode)
      await areAccessible(page, [
        '/',
        '/?q=gajah',
        '/login',
        '/register',
        '/register/done',
        '/reset',
        '/reset/done',
        '/secure/forged',
        '/unfreeze',
        '/unfreeze/done',
        '/help',
        '/tidak/ada',
      ])
    })

    it('with the profile and all that leads from it', async () => {
      const customer = await insertCustomer()
      const page = await visit(mode, { customer })
      await areAccessible(page, [
        '/',
        '/profile',
        '/profile/points',
        '/profile/password',
        '/profile/devices',
        '/profile/activity',
        '/profile/freeze',
        '/profile/restriction',
        '/profile/recovery',
        '/profile/recovery/phone',
        '/profile/phone',
        '/profile/email',
        '/profile/email/verify',
      ])
      await page.goto('/profile/recovery/email')
      await isAccessible(page)
      await typeAddress(page, 'email', newEmail())
      await arrivesAt(page, '/profile/recovery/authorise')
      await isAccessible(page)
      await answerCode(page, await nextCode(customer.phone))
      await arrivesAt(page, '/profile/recovery/email/confirm')
      await isAccessible(page)
      await insertRecovery(customer, 'phone', newPhone())
      await areAccessible(page, [
        '/profile',
        '/profile/points',
        '/profile/recovery/done',
        '/profile/recovery/phone/remove',
      ])
      await press(page, 'Kirim kode')
      await page.getByLabel('Kode OTP').waitFor()
      await isAccessible(page)
    })

    it('with the link of a notice, before and after it was used', async () => {
      const customer = await walkRegistration()
      const link = linkIn(await nextMessage(customer.email, 'notice.registered'))
      const page = await visit(mode)
      await areAccessible(page, [link])
      await press(page, 'Bekukan akun')
      await page.getByRole('button', { name: 'Buka lagi akun' }).waitFor()
      await isAccessible(page)
      await press(page, 'Buka lagi akun')
      await arrivesAt(page, '/unfreeze')
      await isAccessible(page)
    })

    it('with a registration and a reset under way', async () => {
      const customer = await insertCustomer()
      const page = await visit(mode)
      await startReset(page, customer.phone, BY_PHONE)
      await arrivesAt(page, '/reset/code')
      await isAccessible(page)
      await answerCode(page, '000000')
      await page.locator('#code-error').waitFor()
      await isAccessible(page)
      await press(page, 'Kirim ulang kode')
      await page.getByText('Tunggu sebentar').waitFor()
      await isAccessible(page)
      await answerCode(page, await nextCode(customer.phone))
      await arrivesAt(page, '/reset/password')
      await isAccessible(page)
    })

    it('with the refusals of each form', async () => {
      const customer = await insertCustomer()
      await walkToConfirmation(await insertSession(customer), customer, 'phone', newPhone())
      const stranger = await visit(mode)
      for (const [path, button] of [
        ['/login', 'Masuk'],
        ['/register', 'Daftar'],
        ['/reset', 'Kirim kode'],
      ] as const)
        await isAccessibleRefused(stranger, path, button)
      const page = await visit(mode, { customer })
      await isAccessibleRefused(page, '/profile/password', 'Simpan kata sandi')
      await isAccessibleRefused(page, '/profile/recovery', 'Lanjutkan')
      await isAccessibleRefused(page, '/profile/recovery/email', 'Simpan')
      await isAccessibleRefused(page, '/profile/recovery/phone/confirm', 'Verifikasi')
    })

    it('M2 with an e-mail that holds a code, and one that holds a link', async () => {
      const [customer, address] = [await walkRegistration(), newEmail()]
      await walkToConfirmation(await insertSession(customer), customer, 'email', address)
      const page = await visit(mode)
      for (const { html = '' } of [
        await nextMessage(address, 'code.'),
        await nextMessage(customer.email, 'notice.registered'),
      ]) {
        await page.setContent(html)
        await isAccessible(page, OF_A_LETTER)
      }
    })

    it('with the local inbox', async () => {
      const page = await visit(mode)
      await areAccessible(page, ['/dev/inbox'])
    })
  },
)

async function isAccessibleRefused(page: Page, path: string, button: string) {
  await page.goto(path)
  await press(page, button)
  await page.getByText('Ada yang perlu kamu periksa').waitFor()
  await isAccessible(page)
}
