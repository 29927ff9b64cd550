import { describe, expect, it } from 'vitest'
import {
  kindsTo,
  newAddress,
  newEmail,
  newPhone,
  nextCode,
  nextMessage,
  OTHER_PASSWORD,
} from '../support/customers'
import { insertCustomer, insertRecovery } from '../support/fixtures'
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
  press,
  reads,
  SENTENCE,
  startReset,
} from '../support/pages'
import { PHONE, visit } from '../support/walk'

describe('a forgotten password', () => {
  it('P6 P7 is replaced by a code to the primary phone; every address is told; the log-in is by hand', async () => {
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
  it('sends one and the same code to both recovery addresses', async () => {
    const customer = await insertCustomer()
    const [email, phone] = [newAddress('email'), newAddress('phone')]
    await insertRecovery(customer, 'email', email)
    await insertRecovery(customer, 'phone', phone)
    const page = await visit(PHONE)
    await startReset(page, customer.phone, BY_RECOVERY)
    await arrivesAt(page, '/reset/code')
    const codes = [await nextCode(email), await nextCode(phone)]
    expect(codes[0]).toBe(codes[1])
    await answerCode(page, codes[0] ?? '')
    await arrivesAt(page, '/reset/password')
    await page.getByLabel('Kata sandi baru').fill(OTHER_PASSWORD)
    await press(page, 'Simpan kata sandi')
    await arrivesAt(page, '/reset/done')
    for (const to of [email, phone, customer.email, customer.phone])
      await nextMessage(to, 'notice.password_reset')
    expect((await kindsTo(customer.phone)).includes('code.reset_password')).toBe(false)
  })

  it('O7 P1 of an unknown account shows the words that a known one is shown, step by step', async () => {
    const seen: string[][] = []
    for (const identifier of [(await insertCustomer()).email, newEmail()]) {
      const page = await visit(PHONE)
      await startReset(page, identifier, BY_PHONE)
      await arrivesAt(page, '/reset/code')
      const first = await page.locator('main').innerText()
      await answerCode(page, '000000')
      await isRefusedAt(page, 'code', SENTENCE.code_wrong)
      seen.push(
        [first, await page.locator('main').innerText(), await page.title()].map((text) =>
          text.replace(/\d:\d\d/, ''),
        ),
      )
      await page.goto('/reset/password')
      await arrivesAt(page, '/reset/code')
    }
    expect(seen[0]).toEqual(seen[1])
  })

  it('refuses bad input at its field', async () => {
    const page = await visit(PHONE)
    await page.goto('/reset')
    await press(page, 'Kirim kode')
    await isRefusedAt(page, 'identifier', SENTENCE.identifier_missing)
    await isRefusedAt(page, 'choice', SENTENCE.choice_missing)
    for (const identifier of ['bukan apa-apa', '021 5551234', 'a@']) {
      await startReset(page, identifier, BY_PHONE)
      await isRefusedAt(page, 'identifier', SENTENCE.identifier_malformed)
      expect(await page.getByLabel('Email atau nomor handphone').inputValue()).toBe(identifier)
      expect(await page.getByRole('radio', { name: BY_PHONE }).isChecked()).toBe(true)
    }
  })

  it('refuses a weak new password at its field without spending the code', async () => {
    const customer = await insertCustomer()
    const page = await visit(PHONE)
    await startReset(page, customer.phone, BY_PHONE)
    await arrivesAt(page, '/reset/code')
    await answerCode(page, await nextCode(customer.phone))
    await arrivesAt(page, '/reset/password')
    const weak = [
      ['', SENTENCE.password_missing],
      ['pendek', SENTENCE.password_too_short],
      ['password123', SENTENCE.password_common],
    ] as const
    for (const [password, sentence] of [
      ...weak,
      [customer.email, SENTENCE.password_context] as const,
    ]) {
      await page.getByLabel('Kata sandi baru').fill(password)
      await press(page, 'Simpan kata sandi')
      await isRefusedAt(page, 'newPassword', sentence)
      await page.goto('/reset/password')
    }
    await page.goto('/reset/code')
    await arrivesAt(page, '/reset/password')
    await page.getByLabel('Kata sandi baru').fill(OTHER_PASSWORD)
    await press(page, 'Simpan kata sandi')
    await arrivesAt(page, '/reset/done')
    await page.goto('/reset/password')
    await arrivesAt(page, '/reset')
  })

  it('P3 P5 gives password managers the identifier beside the new password', async () => {
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

  it('D5 offers the other way from its code screen', async () => {
    const page = await visit(PHONE)
    await startReset(page, newPhone(), BY_RECOVERY)
    await arrivesAt(page, '/reset/code')
    await follow(page, 'Gunakan metode lain')
    await arrivesAt(page, '/reset')
    await reads(page, BY_PHONE)
  })
})
