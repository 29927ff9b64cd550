import type { Page } from 'playwright-core'
import { it } from 'vitest'
import { newPhone, nextCode, walkToConfirmation } from '../support/customers'
import { insertCustomer, insertSession } from '../support/fixtures'
import { AT_400_PERCENT, fits } from '../support/inspect'
import { answerCode, arrivesAt, press } from '../support/pages'
import { type Mode, visit } from '../support/walk'

const ZOOMED: Mode = { mode: 'at 400 %', hasScript: true, ...AT_400_PERCENT, isPhone: false }

async function allFit(page: Page, paths: readonly string[]) {
  for (const path of paths) {
    await page.goto(path)
    await fits(page)
  }
}

it('at 400 % nothing is lost, scrolls sideways or moves, wherever the profile leads, and before logging in', async () => {
  const customer = await insertCustomer()
  await walkToConfirmation(await insertSession(customer), customer, 'phone', newPhone())
  const page = await visit(ZOOMED, { customer })
  await allFit(page, [
    '/profile',
    '/profile/devices',
    '/profile/activity',
    '/profile/freeze',
    '/profile/restriction',
  ])
  await allFit(page, [
    '/',
    '/profile/email',
    '/profile/email/verify',
    '/profile/recovery/phone/confirm',
    '/profile/phone',
  ])
  await allFit(await visit(ZOOMED), ['/login', '/register', '/reset', '/help'])
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
