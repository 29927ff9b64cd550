import { describe, expect, it } from 'vitest'
import { newClient } from '../support/client'
import { newEmail, newPhone, OTHER_PASSWORD } from '../support/customers'
import { insertCustomer, insertSession } from '../support/fixtures'
import { normalised } from '../support/html'
import {
  arrivesAt,
  BY_PHONE,
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
import { DESKTOP, PHONE, visit } from '../support/walk'

const notationsOf = (phone: string) => {
  const national = phone.slice(1)
  return [
    phone,
    `62${national}`,
    `+62 (0)${national}`,
    `0062${national}`,
    `${phone.slice(0, 4)}-${phone.slice(4, 8)}-${phone.slice(8)}`,
  ]
}
const fullWidth = (digits: string) =>
  digits.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))

describe('logging in and out', () => {
  it('L1 leads to the profile and back out of it', async () => {
    const customer = await insertCustomer()
    const page = await visit(PHONE)
    await page.goto('/profile/points')
    await arrivesAt(page, '/login')
    await page.getByLabel('Email atau nomor handphone').fill(customer.email.toUpperCase())
    await page.getByLabel('Kata sandi', { exact: true }).fill(customer.password)
    await press(page, 'Masuk')
    await arrivesAt(page, '/profile/points')
    await press(page, 'Keluar')
    await arrivesAt(page, '/')
    await follow(page, 'Masuk')
    await arrivesAt(page, '/login')
    await page.goto('/profile')
    await arrivesAt(page, '/login')
  })
})

describe('a number', () => {
  it('F1 opens the account in every notation', async () => {
    const { phone, password } = await insertCustomer()
    for (const identifier of [...notationsOf(phone), fullWidth(phone)]) {
      const page = await newClient().send('/login', 'Masuk', { identifier, password })
      expect([identifier, page.path]).toEqual([identifier, '/profile'])
    }
  })
})

describe('a refused login', () => {
  it('L4 L5 keeps the identifier, empties the password, and says the same of wrong and unknown', async () => {
    const customer = await insertCustomer()
    const page = await visit(PHONE)
    for (const identifier of [
      customer.email,
      customer.phone,
      newEmail(),
      newPhone(),
      'bukan apa-apa',
    ]) {
      await logIn(page, identifier, OTHER_PASSWORD)
      await isRefused(page, SENTENCE.login_wrong)
      expect(await page.getByLabel('Email atau nomor handphone').inputValue()).toBe(identifier)
      expect(await page.getByLabel('Kata sandi', { exact: true }).inputValue()).toBe('')
    }
  })

  it('L3 E1 asks for what is missing at its field', async () => {
    const page = await visit(PHONE)
    await logIn(page, '', '')
    await isRefusedAt(page, 'identifier', SENTENCE.identifier_missing)
    await isRefusedAt(page, 'password', SENTENCE.password_missing)
  })
})

describe('a session', () => {
  it('P6 is dead at once in every browser when the password is reset elsewhere', async () => {
    const customer = await insertCustomer()
    const first = await visit(PHONE, { customer })
    const second = await visit(DESKTOP, { customer })
    for (const page of [first, second]) {
      await page.goto('/profile')
      await reads(page, 'Profil Akun')
    }
    const elsewhere = await visit(PHONE)
    await startReset(elsewhere, customer.phone, BY_PHONE)
    await finishReset(elsewhere, customer.phone, OTHER_PASSWORD)
    for (const page of [first, second]) {
      await page.goto('/profile')
      await arrivesAt(page, '/login')
      await page.goto('/')
      await page.getByRole('link', { name: 'Masuk' }).first().waitFor()
    }
  })

  it('ends on the server with its log-out: the cookie that was kept opens nothing', async () => {
    const client = await insertSession(await insertCustomer())
    const kept = new Map(client.cookies)
    await client.send('/profile', 'Keluar')
    for (const [name, value] of kept) client.cookies.set(name, value)
    expect((await client.open('/profile')).location).toMatch(/^\/login/)
  })

  it('in a wizard left open refuses what is posted after it ended', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    const wizard = await client.open('/profile/recovery/email')
    const leaver = newClient()
    for (const [name, value] of client.cookies) leaver.cookies.set(name, value)
    await leaver.send('/profile', 'Keluar')
    const answer = await client.press(wizard, 'Simpan', { email: newEmail() })
    expect(answer.location).toMatch(/^\/login/)
  })
})

describe('the login', () => {
  it('leads on to pages of the profile alone, never to another site', async () => {
    const customer = await insertCustomer()
    for (const next of [
      'https://jahat.example',
      '//jahat.example',
      '/profile/../login',
      '/\\jahat.example',
    ]) {
      const client = newClient()
      const page = await client.open(`/login?next=${encodeURIComponent(next)}`)
      const answer = await client.press(page, 'Masuk', {
        identifier: customer.email,
        password: customer.password,
      })
      expect(answer.location).toBe('/profile')
    }
  })

  it('L10 tells who tried too often when to try again, and does so for the unknown too', async () => {
    const known = await insertCustomer()
    const answers = []
    for (const identifier of [known.email, newEmail()]) {
      const client = newClient()
      const page = await client.open('/login')
      for (let tries = 0; tries < 10; tries++)
        await client.press(page, 'Masuk', { identifier, password: OTHER_PASSWORD })
      answers.push(
        (
          await client.press(page, 'Masuk', { identifier, password: known.password })
        ).html.replaceAll(identifier, ''),
      )
    }
    expect(answers[0]).toContain('Sudah terlalu banyak percobaan masuk. Coba lagi dalam 15 menit')
    expect(normalised(answers[0] ?? '')).toBe(normalised(answers[1] ?? ''))
  })
})
