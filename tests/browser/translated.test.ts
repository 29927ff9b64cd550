import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { newCustomer, nextCode, wrongCode } from '../support/customers'
import { insertCustomer } from '../support/fixtures'
import {
  answerCode,
  arrivesAt,
  BY_PHONE,
  fillRegistration,
  isRefused,
  isRefusedAt,
  press,
  SENTENCE,
  startReset,
} from '../support/pages'
import { PHONE, visit } from '../support/walk'

/** Puts every text into elements of its own, as a browser's translation does, now and after each change. */
async function translate(page: Page) {
  await page.evaluate(() => {
    const wrap = (root: Node) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
      const texts: Text[] = []
      while (walker.nextNode()) texts.push(walker.currentNode as Text)
      for (const text of texts) {
        const parent = text.parentElement
        if (!parent || !text.data.trim() || parent.closest('script, style, font')) continue
        const [outer, inner] = [document.createElement('font'), document.createElement('font')]
        outer.append(inner)
        text.replaceWith(outer)
        inner.textContent = `${text.data} `
      }
    }
    wrap(document.body)
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) wrap(node)
    }).observe(document.body, { childList: true, subtree: true })
  })
}

async function open(path: string) {
  const page = await visit(PHONE)
  await page.goto(path)
  await page.locator('main form').waitFor()
  await translate(page)
  return page
}

async function answer(page: Page, identifier: string, password: string) {
  await page.getByLabel('Email atau nomor handphone').fill(identifier)
  await page.getByLabel('Kata sandi', { exact: true }).fill(password)
  await press(page, 'Masuk')
}

it('a translated page shows the refusals of the login', async () => {
  const customer = await insertCustomer()
  const page = await open('/login')
  await press(page, 'Masuk')
  await isRefusedAt(page, 'identifier', SENTENCE.identifier_missing)
  await answer(page, customer.email, 'salah sekali')
  await isRefused(page, SENTENCE.login_wrong)
  await answer(page, customer.email, customer.password)
  await arrivesAt(page, '/profile')
})

it('a translated page shows the refusals of the registration', async () => {
  const customer = newCustomer()
  const page = await open('/register')
  await fillRegistration(page, { ...customer, password: 'rahasia123' })
  await press(page, 'Daftar')
  await isRefusedAt(page, 'password', SENTENCE.password_common)
  await fillRegistration(page, customer)
  await press(page, 'Daftar')
  await arrivesAt(page, '/register/code')
  await translate(page)
  const code = await nextCode(customer.phone)
  await answerCode(page, wrongCode(code))
  await isRefusedAt(page, 'code', SENTENCE.code_wrong)
  await answerCode(page, code)
  await arrivesAt(page, '/register/email')
  await translate(page)
  const ofEmail = await nextCode(customer.email)
  await answerCode(page, wrongCode(ofEmail))
  await isRefusedAt(page, 'code', SENTENCE.code_wrong)
  await answerCode(page, ofEmail)
  await arrivesAt(page, '/register/done')
})

it('a translated page shows the refusals of a reset', async () => {
  const customer = await insertCustomer()
  const page = await open('/reset')
  await startReset(page, customer.email, BY_PHONE)
  await arrivesAt(page, '/reset/code')
  await translate(page)
  const code = await nextCode(customer.phone)
  await answerCode(page, wrongCode(code))
  await isRefusedAt(page, 'code', SENTENCE.code_wrong)
  await answerCode(page, code)
  await arrivesAt(page, '/reset/password')
  expect(await page.locator('h1').count()).toBe(1)
})
