import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { newEmail, nextCode, OTHER_PASSWORD, wrongCode } from '../support/customers'
import { insertCustomer } from '../support/fixtures'
import { answerCode, BY_PHONE, isTakenOver, press, SENTENCE } from '../support/pages'
import { transcribe } from '../support/transcript'
import { DESKTOP, visit } from '../support/walk'
import {
  added,
  authorise,
  CHANGED,
  choose,
  confirm,
  forgotten,
  newPassword,
  resetCode,
  type,
  WRONG_ONCE,
} from './transcript-screens'

const PATIENCE = { timeout: 15_000 }

/** After a load, nothing in the page has the focus. */
const loaded = (lines: readonly string[]) => lines.map((line) => line.replace(/^> /, ''))

const says = (page: Page, lines: readonly string[]) =>
  expect.poll(() => transcribe(page), PATIENCE).toEqual(lines)

it('a screen reader announces each step of the wizard, and each refusal at the focus', async () => {
  // At another domain than the customer's, or a mask may show more to differ from that of the primary.
  const [customer, address] = [await insertCustomer(), newEmail('cadangan.example')]
  const { phone } = customer
  const mask = address.replace(/^(..).*(.)@/, '$1•••$2@')
  const page = await visit(DESKTOP, { customer })
  await page.goto('/profile/recovery')
  await isTakenOver(page)
  await says(page, loaded(choose()))
  await press(page, 'Lanjutkan')
  await says(page, choose(SENTENCE.choice_missing))
  await page.getByRole('radio', { name: 'Email' }).check()
  await press(page, 'Lanjutkan')
  await says(page, type())
  await press(page, 'Simpan')
  await says(page, type(SENTENCE.email_missing))
  await page.getByLabel('Email', { exact: true }).fill(address)
  await press(page, 'Simpan')
  await says(page, authorise(address, phone))
  await answerCode(page, '12')
  await says(page, authorise(address, phone, SENTENCE.code_too_short, '"12"'))
  await answerCode(page, await nextCode(phone))
  await says(page, confirm(mask))
  const code = await nextCode(address)
  await answerCode(page, wrongCode(code))
  await says(page, confirm(mask, WRONG_ONCE))
  await answerCode(page, code)
  await says(page, added(mask))
})

it('a screen reader announces each step of a reset, and each refusal at the focus', async () => {
  const { email, phone } = await insertCustomer()
  const page = await visit(DESKTOP)
  await page.goto('/reset')
  await isTakenOver(page)
  await says(page, loaded(forgotten()))
  await press(page, 'Kirim kode')
  await says(page, forgotten(SENTENCE.identifier_missing, SENTENCE.choice_missing))
  await page.getByLabel('Email atau nomor handphone').fill(email)
  await page.getByRole('radio', { name: BY_PHONE }).check()
  await press(page, 'Kirim kode')
  await says(page, resetCode())
  const code = await nextCode(phone)
  await answerCode(page, wrongCode(code))
  await says(page, resetCode(WRONG_ONCE))
  await answerCode(page, code)
  await says(page, newPassword())
  await page.getByLabel('Kata sandi baru').fill('abc')
  await press(page, 'Simpan kata sandi')
  await says(page, newPassword(SENTENCE.password_too_short, '"•••"'))
  await page.getByLabel('Kata sandi baru').fill(OTHER_PASSWORD)
  await press(page, 'Simpan kata sandi')
  await says(page, CHANGED)
})
