import { describe, expect, it } from 'vitest'
import {
  kindsTo,
  newCustomer,
  newEmail,
  nextCode,
  nextMessage,
  walkToConfirmation,
} from '../support/customers'
import { insertCustomer, insertSession } from '../support/fixtures'
import {
  answerCode,
  arrivesAt,
  BY_PHONE,
  fillRegistration,
  isTakenOver,
  typeAddress,
} from '../support/pages'
import { PHONE, visit } from '../support/walk'

describe('D8 a double click', () => {
  it.each([
    ['registers once', '/register', 'Daftar'],
    ['starts one reset', '/reset', 'Kirim kode'],
  ])('%s', async (_, path, button) => {
    const customer = path === '/register' ? newCustomer() : await insertCustomer()
    const page = await visit(PHONE)
    await page.goto(path)
    await isTakenOver(page)
    if (path === '/register') await fillRegistration(page, customer)
    else await page.getByLabel('Email atau nomor handphone').fill(customer.phone)
    if (path === '/reset') await page.getByRole('radio', { name: BY_PHONE }).check()
    await page.getByRole('button', { name: button, exact: true }).dblclick()
    await arrivesAt(page, `${path}/code`)
    await answerCode(page, await nextCode(customer.phone))
    await page.waitForURL((url) => url.pathname !== `${path}/code`)
    const purpose = path === '/register' ? 'code.register' : 'code.reset_password'
    expect((await kindsTo(customer.phone)).filter((kind) => kind === purpose)).toHaveLength(1)
  })

  it('saves, authorises and confirms a recovery address once', async () => {
    const customer = await insertCustomer()
    const address = newEmail()
    const page = await visit(PHONE, { customer })
    await page.goto('/profile/recovery/email')
    await isTakenOver(page)
    await page.getByLabel('Email', { exact: true }).fill(address)
    await page.getByRole('button', { name: 'Simpan' }).dblclick()
    await arrivesAt(page, '/profile/recovery/authorise')
    for (const [from, next] of [
      [customer.phone, '/profile/recovery/email/confirm'],
      [address, '/profile/recovery/done'],
    ] as const) {
      await page.getByLabel('Kode OTP').fill(await nextCode(from))
      await isTakenOver(page)
      await page.getByRole('button', { name: 'Verifikasi' }).dblclick()
      await arrivesAt(page, next)
    }
    await nextMessage(address, 'notice.recovery_confirmed')
    expect(await kindsTo(address)).toEqual(['notice.recovery_confirmed', 'code.confirm_recovery'])
    const codes = (await kindsTo(customer.phone)).filter((kind) => kind.startsWith('code.'))
    expect(codes).toEqual(['code.authorise_recovery'])
  })
})

describe('Back and reload', () => {
  it('keep each step of the wizard and send no message again', async () => {
    const customer = await insertCustomer()
    const address = newEmail()
    await walkToConfirmation(await insertSession(customer), customer, 'email', address)
    const page = await visit(PHONE, { customer })
    await page.goto('/profile/recovery/phone')
    await typeAddress(page, 'phone', '0812 7777 1234')
    await arrivesAt(page, '/profile/recovery/authorise')
    await page.reload()
    await page.goBack()
    // A page that is still loading when it is left takes the browser back to it.
    await page.getByLabel('No. Handphone', { exact: true }).waitFor()
    await page.goForward()
    await arrivesAt(page, '/profile/recovery/authorise')
    await page.goto('/profile/recovery/email/confirm')
    await answerCode(page, await nextCode(address))
    await arrivesAt(page, '/profile/recovery/done')
    await page.goBack()
    await page.reload()
    await arrivesAt(page, '/profile')
    expect((await kindsTo(address)).filter((kind) => kind.startsWith('code.'))).toHaveLength(1)
  })
})
