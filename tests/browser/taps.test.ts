import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import translations from '@/messages/id.json'
import { newCustomer, newEmail, nextCode, nextMessage, OTHER_PASSWORD } from '../support/customers'
import { insertCustomer, insertRecovery, insertSession } from '../support/fixtures'
import { linkIn } from '../support/html'
import {
  answerCode,
  arrivesAt,
  BY_PHONE,
  chooseKind,
  fillRegistration,
  finishReset,
  follow,
  press,
  reads,
  typeAddress,
} from '../support/pages'
import { PHONE, visit } from '../support/walk'

/** Counts the taps on the pages of a browser from now on. */
async function countTaps(page: Page): Promise<() => number> {
  let taps = 0
  await page.exposeFunction('countTap', () => taps++)
  await page.addInitScript(() =>
    addEventListener('pointerdown', () => Reflect.get(window, 'countTap')(), { capture: true }),
  )
  return () => taps
}

describe('beside typing, a customer taps', () => {
  it('at most eight times to add a recovery account', async () => {
    const customer = await insertCustomer()
    const address = newEmail()
    const page = await visit(PHONE, { customer })
    const taps = await countTaps(page)
    await page.goto('/profile')
    await follow(page, 'Tambah Akun Recovery')
    await chooseKind(page, 'email')
    await typeAddress(page, 'email', address)
    await arrivesAt(page, '/profile/recovery/authorise')
    await answerCode(page, await nextCode(customer.phone))
    await arrivesAt(page, '/profile/recovery/email/confirm')
    await answerCode(page, await nextCode(address))
    await arrivesAt(page, '/profile/recovery/done')
    expect(taps()).toBe(6)
  })

  it('at most six times to reset the password', async () => {
    const customer = await insertCustomer()
    const page = await visit(PHONE)
    const taps = await countTaps(page)
    await page.goto('/login')
    await follow(page, 'Lupa kata sandi?')
    await arrivesAt(page, '/reset')
    await page.getByLabel('Email atau nomor handphone').fill(customer.email)
    await page.getByRole('radio', { name: BY_PHONE }).check()
    await press(page, 'Kirim kode')
    await finishReset(page, customer.phone, OTHER_PASSWORD)
    expect(taps()).toBe(5)
  })

  it('three times to register', async () => {
    const customer = newCustomer()
    const page = await visit(PHONE)
    const taps = await countTaps(page)
    await page.goto('/register')
    await fillRegistration(page, customer)
    await press(page, 'Daftar')
    await arrivesAt(page, '/register/code')
    await answerCode(page, await nextCode(customer.phone))
    await arrivesAt(page, '/register/email')
    await answerCode(page, await nextCode(customer.email))
    await arrivesAt(page, '/register/done')
    expect(taps()).toBe(3)
  })

  it('once to freeze the account, after the link of a notice', async () => {
    const customer = await insertCustomer()
    const recovery = newEmail()
    await insertRecovery(customer, 'email', recovery)
    const client = await insertSession(customer)
    await client.send('/profile/recovery/email/remove', 'Kirim kode')
    const code = await nextCode(customer.phone)
    await client.send('/profile/recovery/email/remove', 'Hapus', { code })
    const page = await visit(PHONE)
    const taps = await countTaps(page)
    await page.goto(linkIn(await nextMessage(recovery, 'notice.recovery_removed')))
    await press(page, translations.secure.submit)
    await reads(page, translations.secureFrozen.title)
    expect(taps()).toBe(1)
  })
})
