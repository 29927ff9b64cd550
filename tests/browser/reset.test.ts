import { describe, expect, it } from 'vitest'
import { newEmail, newPhone, nextCode, nextMessage, OTHER_PASSWORD } from '../support/customers'
import { withoutElapsed } from '../support/elapsed'
import { insertCustomer } from '../support/fixtures'
import {
  answerCode,
  arrivesAt,
  BY_PHONE,
  BY_RECOVERY,
  finishReset,
  follow,
  isRefused,
  isRefusedAt,
  logIn,
  reads,
  SENTENCE,
  startReset,
} from '../support/pages'
import { PHONE, visit } from '../support/walk'

describe('a forgotten password', () => {
  it('P6 P7 is replaced with a code to the primary phone, every address is notified, and the customer logs in again', async () => {
    const customer = await insertCustomer()
    const page = await visit(PHONE)
    await page.goto('/login')
    await follow(page, 'Lupa kata sandi?')
    await arrivesAt(page, '/reset')
    await startReset(page, customer.email, BY_PHONE)
    await finishReset(page, customer.phone, OTHER_PASSWORD)
    for (const to of [customer.email, customer.phone])
      await nextMessage(to, 'notice.password_reset')
    await page.goto('/profile')
    await arrivesAt(page, '/login')
    await logIn(page, customer.phone, customer.password)
    await isRefused(page, SENTENCE.login_wrong)
    await logIn(page, customer.phone, OTHER_PASSWORD)
    await arrivesAt(page, '/profile')
    await page.goto('/profile/activity')
    await reads(page, 'Kata sandi akunmu diatur ulang')
  })
})

describe('a reset', () => {
  it('O7 P1 shows the same text at every step for a known and an unknown account', async () => {
    const seen: string[][] = []
    for (const identifier of [(await insertCustomer()).email, newEmail()]) {
      const page = await visit(PHONE)
      await startReset(page, identifier, BY_PHONE)
      await arrivesAt(page, '/reset/code')
      const first = await page.locator('main').innerText()
      await answerCode(page, '000000')
      await isRefusedAt(page, 'code', SENTENCE.code_wrong)
      seen.push(
        [first, await page.locator('main').innerText(), await page.title()].map(withoutElapsed),
      )
      await page.goto('/reset/password')
      await arrivesAt(page, '/reset/code')
    }
    expect(seen[0]).toEqual(seen[1])
  })

  it('P3 P5 offers password managers the identifier beside the new password', async () => {
    const customer = await insertCustomer()
    const page = await visit(PHONE)
    await startReset(page, customer.email, BY_PHONE)
    await arrivesAt(page, '/reset/code')
    await answerCode(page, await nextCode(customer.phone))
    await arrivesAt(page, '/reset/password')
    expect(await page.locator('input[autocomplete=username]').inputValue()).toBe(customer.email)
    const field = page.getByLabel('Kata sandi baru')
    expect(await field.getAttribute('autocomplete')).toBe('new-password')
    expect(await page.locator('input[type=password]').count()).toBe(1)
    await page.getByRole('button', { name: 'Tampilkan kata sandi' }).waitFor()
    expect(
      await page.locator(`#${await field.getAttribute('aria-describedby')}`).innerText(),
    ).toContain('Minimal 8 karakter')
  })

  it('D5 links to the other choice from its code screen', async () => {
    const page = await visit(PHONE)
    await startReset(page, newPhone(), BY_RECOVERY)
    await arrivesAt(page, '/reset/code')
    await follow(page, 'Pakai cara lain')
    await arrivesAt(page, '/reset')
    await reads(page, BY_PHONE)
  })
})
