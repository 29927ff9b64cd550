import { expect, it } from 'vitest'
import { newEmail, nextCode, OTHER_PASSWORD } from '../support/customers'
import { insertCustomer } from '../support/fixtures'
import {
  answerCode,
  arrivesAt,
  chooseKind,
  follow,
  isRefused,
  logIn,
  press,
  reads,
  SENTENCE,
  typeAddress,
} from '../support/pages'
import { NO_SCRIPT, visit } from '../support/walk'

it('L1 L4 L5 a browser without JavaScript logs in, shows a refusal, and logs out', async () => {
  const customer = await insertCustomer()
  const page = await visit(NO_SCRIPT)
  await page.goto('/login')
  await page.locator('main form[method=post i]').waitFor()
  await logIn(page, customer.email, OTHER_PASSWORD)
  await isRefused(page, SENTENCE.login_wrong)
  expect(await page.getByLabel('Email atau nomor handphone').inputValue()).toBe(customer.email)
  await logIn(page, customer.email, customer.password)
  await arrivesAt(page, '/profile')
  await press(page, 'Keluar')
  await arrivesAt(page, '/logged-out')
  await press(page, 'Lupakan perangkat ini')
  await reads(page, 'Akunmu tidak mengenali perangkat ini lagi')
})

it('W1 W2 a browser without JavaScript completes the wizard and earns the points', async () => {
  const [customer, address] = [await insertCustomer(), newEmail()]
  const page = await visit(NO_SCRIPT, { customer })
  await page.goto('/profile')
  await follow(page, 'Tambah Akun Recovery')
  await chooseKind(page, 'email')
  await typeAddress(page, 'email', address)
  await arrivesAt(page, '/profile/recovery/authorise')
  await answerCode(page, await nextCode(customer.phone))
  await arrivesAt(page, '/profile/recovery/email/confirm')
  await answerCode(page, await nextCode(address))
  await arrivesAt(page, '/profile/recovery/done')
  await reads(page, 'Poin kamu sekarang 1.000 poin')
})

it('a browser without JavaScript keeps what was typed when it changes the language', async () => {
  const page = await visit(NO_SCRIPT)
  await page.goto('/register')
  await page.getByLabel('Nama').fill('Ratna')
  await page.getByLabel('Kata sandi').fill(OTHER_PASSWORD)
  // Playwright takes what is in a noscript element for hidden.
  await page.locator('button[form][lang=en]').click()
  await page.locator('html[lang=en]').waitFor()
  const name = page.getByLabel('Name')
  expect(await name.inputValue()).toBe('Ratna')
  expect(await page.locator('#password').inputValue()).toBe('')
  await name.press('Enter')
  await page.locator('#password-error').waitFor()
  await page.goto('/help')
  await press(page, 'Bahasa Indonesia')
  await page.locator('html[lang=id]').waitFor()
})
