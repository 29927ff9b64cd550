import type { Page } from 'playwright-core'
import { it } from 'vitest'
import { newPhone, nextCode, nextMessage, register, saveRecovery, signIn } from '../support/customers'
import { linkIn } from '../support/html'
import { AT_400_PERCENT, fits } from '../support/inspect'
import { answerCode, arrivesAt, logIn, press } from '../support/pages'
import { type Mode, visit } from '../support/walk'

const ZOOMED: Mode = { mode: 'at 400 %', hasScript: true, ...AT_400_PERCENT, isPhone: false }

async function allFit(page: Page, paths: readonly string[]) {
  for (const path of paths) {
    await page.goto(path)
    await fits(page)
  }
}

it('at 400 % nothing is lost, scrolls sideways or moves, wherever the profile leads', async () => {
  const customer = await register()
  await saveRecovery(await signIn(customer), customer, 'phone', newPhone())
  const page = await visit(ZOOMED, { customer })
  await allFit(page, ['/profile', '/profile/devices', '/profile/activity', '/profile/freeze', '/profile/restriction'])
  await allFit(page, ['/', '/profile/email', '/profile/email/prove', '/profile/recovery/phone/confirm', '/profile/phone'])
  const address = newPhone()
  await page.getByLabel('Nomor handphone baru').fill(address)
  await page.getByLabel('Kata sandi sekarang').fill(customer.password)
  await page.getByRole('radio').first().check()
  await press(page, 'Kirim kode')
  await arrivesAt(page, '/profile/phone/authorise')
  await fits(page)
  await answerCode(page, await nextCode(customer.phone))
  await arrivesAt(page, '/profile/phone/review')
  await fits(page)
  await press(page, 'Kirim kode')
  await arrivesAt(page, '/profile/phone/confirm')
  await fits(page)
})

it('at 400 % nothing is lost, scrolls sideways or moves, from the link of a notice to the way out of a freeze', async () => {
  const customer = await register()
  const link = linkIn(await nextMessage(customer.email, 'notice.registered'))
  const page = await visit(ZOOMED)
  await allFit(page, ['/login', '/register', '/reset', '/secure/forged', '/thaw', '/help', link])
  await press(page, 'Bekukan akun')
  await page.getByRole('button', { name: 'Buka lagi akun' }).waitFor()
  await fits(page)
  await logIn(page, customer.email, customer.password)
  await arrivesAt(page, '/thaw')
  await fits(page)
})
