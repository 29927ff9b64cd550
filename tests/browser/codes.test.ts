import type { Page } from 'playwright-core'
import { describe, expect, it, vi } from 'vitest'
import translations from '@/messages/id.json'
import { kindsTo, newEmail, nextCode, wrongCode } from '../support/customers'
import { insertCustomer } from '../support/fixtures'
import {
  answerCode,
  arrivesAt,
  BY_PHONE,
  follow,
  isRefusedAt,
  isTakenOver,
  pressEarly,
  reads,
  SENTENCE,
  startReset,
} from '../support/pages'
import { PHONE, visit } from '../support/walk'

/** The seconds in the countdown of a code screen. */
async function secondsLeft(page: Page) {
  const [, minutes, seconds] = /(\d):(\d\d)/.exec(await page.getByRole('timer').innerText()) ?? []
  return Number(minutes) * 60 + Number(seconds)
}

describe('a code', () => {
  it('O6 is refused after five wrong attempts even when it is right, and the flow begins again', async () => {
    const customer = await insertCustomer()
    const page = await visit(PHONE)
    await startReset(page, customer.phone, BY_PHONE)
    await arrivesAt(page, '/reset/code')
    const code = await nextCode(customer.phone)
    for (let attempt = 1; attempt < 5; attempt++) {
      await answerCode(page, wrongCode(code, attempt))
      await isRefusedAt(page, 'code', SENTENCE.code_wrong)
      await page.goto('/reset/code')
    }
    const late = await visit(PHONE)
    await late.context().addCookies(await page.context().cookies())
    await late.goto('/reset/code')
    await answerCode(page, wrongCode(code, 5))
    await reads(page, translations.code.exhausted)
    await answerCode(late, code)
    await reads(late, translations.code.exhausted)
    expect(await page.getByLabel('Kode OTP').count()).toBe(0)
    await follow(page, translations.code.restart)
    await arrivesAt(page, '/reset')
  })

  it('O4 O6 O8 has a message for each fault at the field, and is never shown again', async () => {
    const customer = await insertCustomer()
    const page = await visit(PHONE)
    await startReset(page, customer.phone, BY_PHONE)
    await arrivesAt(page, '/reset/code')
    const faults = [
      ['', SENTENCE.code_missing],
      ['012345', SENTENCE.code_wrong],
      ['12345', SENTENCE.code_too_short],
      ['1234567', SENTENCE.code_too_long],
      ['12a456', SENTENCE.code_not_digits],
      [wrongCode(await nextCode(customer.phone)), SENTENCE.code_wrong],
    ] as const
    for (const [typed, sentence] of faults) {
      await answerCode(page, typed)
      await isRefusedAt(page, 'code', sentence)
      expect(await page.locator('#code[aria-invalid=true]').count()).toBe(1)
      const left = sentence === SENTENCE.code_wrong ? '' : typed
      // The answer to the previous code can show the same text until this answer arrives.
      await vi.waitFor(async () =>
        expect(await page.getByLabel('Kode OTP').inputValue()).toBe(left),
      )
      expect(await page.getByLabel('Kode OTP').getAttribute('value')).toBeNull()
    }
  })

  it('D1 D2 D4 O10 is not sent again too early: the page shows the remaining wait, which a reload does not restart', async () => {
    const customer = await insertCustomer()
    const page = await visit(PHONE)
    await startReset(page, customer.phone, BY_PHONE)
    await arrivesAt(page, '/reset/code')
    await nextCode(customer.phone)
    const resend = page.getByRole('button', { name: 'Kirim ulang kode' })
    await resend.filter({ hasText: /(1:00|0:\d\d)/ }).waitFor()
    expect(await resend.getAttribute('aria-disabled')).toBe('true')
    const left = await secondsLeft(page)
    const tab = await page.context().newPage()
    await tab.addInitScript(() => {
      Date.now = () => 0
    })
    await tab.goto('/reset/code')
    await page.reload()
    for (const later of [await secondsLeft(page), await secondsLeft(tab)]) {
      expect(later).toBeLessThanOrEqual(left)
      expect(later).toBeGreaterThan(left - 30)
    }
    await pressEarly(page, 'Kirim ulang kode')
    await reads(page, /Kode baru belum bisa dikirim\. Coba lagi dalam (\d+ detik|1 menit)/)
    expect(
      (await kindsTo(customer.phone)).filter((kind) => kind === 'code.reset_password'),
    ).toHaveLength(1)
  })
})

describe('a code screen', () => {
  it('O1 O5 has one field that phones fill in and that does not submit itself', async () => {
    const customer = await insertCustomer()
    const page = await visit(PHONE)
    await startReset(page, customer.phone, BY_PHONE)
    await arrivesAt(page, '/reset/code')
    await isTakenOver(page)
    const input = page.getByLabel('Kode OTP')
    expect(await page.locator('main input:visible').count()).toBe(1)
    const attributes = await input.evaluate(({ attributes }) =>
      ['type', 'inputmode', 'autocomplete', 'maxlength'].map(
        (name) => attributes.getNamedItem(name)?.value,
      ),
    )
    expect(attributes).toEqual(['text', 'numeric', 'one-time-code', undefined])
    const posts: string[] = []
    page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()))
    await input.pressSequentially(await nextCode(customer.phone))
    expect(posts).toEqual([])
    await input.press('Enter')
    await arrivesAt(page, '/reset/password')
    expect(posts).toHaveLength(1)
  })

  it('D3 counts down the seconds without announcing them to screen readers', async () => {
    const page = await visit(PHONE)
    await startReset(page, newEmail(), BY_PHONE)
    await arrivesAt(page, '/reset/code')
    const timer = page.getByRole('timer')
    const first = await timer.innerText()
    await page.waitForFunction(
      (text) => document.querySelector('[role=timer]')?.textContent !== text,
      first,
    )
    expect(await timer.getAttribute('aria-live')).toBe('off')
  })
})
