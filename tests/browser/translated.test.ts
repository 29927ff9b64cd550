import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { newCustomer } from '../support/customers'
import {
  answerCode,
  arrivesAt,
  fillRegistration,
  isRefused,
  isRefusedAt,
  isTakenOver,
  press,
  SENTENCE,
} from '../support/pages'
import { PHONE, visit } from '../support/walk'

/**
 * Changes a page like the translator of a browser: it wraps each present and later text in two
 * elements.
 */
async function translate(page: Page) {
  await isTakenOver(page)
  await page.evaluate(() => {
    const observer = new MutationObserver(wrapAll)
    wrapAll()

    function wrapAll() {
      observer.disconnect()
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      const found: Text[] = []
      while (texts.nextNode()) if (texts.currentNode instanceof Text) found.push(texts.currentNode)
      for (const text of found.filter(isToTranslate)) wrap(text)
      observer.observe(document.body, { childList: true, characterData: true, subtree: true })
    }

    function isToTranslate({ data, parentElement }: Text) {
      return data.trim() !== '' && parentElement?.closest('script, style, font') === null
    }

    function wrap(text: Text) {
      const [outer, inner] = [document.createElement('font'), document.createElement('font')]
      text.replaceWith(outer)
      outer.append(inner)
      inner.append(text)
    }
  })
  expect(await page.locator('main font font').count()).toBeGreaterThan(5)
}

it('a translated log-in shows each of its refusals', async () => {
  const page = await visit(PHONE)
  await page.goto('/login')
  await translate(page)
  await press(page, 'Masuk')
  await isRefusedAt(page, 'identifier', SENTENCE.identifier_missing)
  await page.getByLabel('Email atau nomor handphone').fill(newCustomer().phone)
  await page.locator('#password').fill('bukan kata sandinya')
  await press(page, 'Masuk')
  await isRefused(page, SENTENCE.login_wrong)
  await press(page, 'Tampilkan kata sandi')
  await press(page, 'Masuk')
  await isRefusedAt(page, 'password', SENTENCE.password_missing)
})

it('a translated registration and its code screen show each of their refusals', async () => {
  const page = await visit(PHONE)
  await page.goto('/register')
  await translate(page)
  const customer = newCustomer()
  await fillRegistration(page, { ...customer, phone: '021 5551234' })
  await press(page, 'Daftar')
  await isRefusedAt(page, 'phone', SENTENCE.phone_landline)
  await page.getByLabel('No. Handphone', { exact: true }).fill(customer.phone)
  await page.getByLabel('Kata sandi', { exact: true }).fill('password123')
  await press(page, 'Daftar')
  await isRefusedAt(page, 'password', SENTENCE.password_common)
  await page.getByLabel('Kata sandi', { exact: true }).fill(customer.password)
  await press(page, 'Daftar')
  await arrivesAt(page, '/register/code')
  await translate(page)
  await answerCode(page, '12345')
  await isRefusedAt(page, 'code', SENTENCE.code_too_short)
  await press(page, 'Kirim ulang kode')
  await page
    .getByRole('alert')
    .getByText(/Tunggu sebentar/)
    .waitFor()
})

it('a translated reset shows its refusal, and continues', async () => {
  const page = await visit(PHONE)
  await page.goto('/reset')
  await translate(page)
  await page.getByLabel('Email atau nomor handphone').fill('bukan alamat')
  await press(page, 'Kirim kode')
  await isRefusedAt(page, 'choice', SENTENCE.choice_missing)
  await page.getByRole('radio').first().check()
  await press(page, 'Kirim kode')
  await isRefusedAt(page, 'identifier', SENTENCE.identifier_malformed)
  await page.getByLabel('Email atau nomor handphone').fill(newCustomer().phone)
  await press(page, 'Kirim kode')
  await arrivesAt(page, '/reset/code')
})
