import { describe, expect, it } from 'vitest'
import translations from '@/messages/id.json'
import { newClient } from '../../support/client'
import { type Customer, newCustomer, newEmail, nextCode } from '../../support/customers'
import { insertCustomer, insertSession } from '../../support/fixtures'
import { wait } from '../../support/own-clock'
import {
  answerCode,
  arrivesAt,
  BY_PHONE,
  follow,
  isRefusedAt,
  logIn,
  press,
  pressEarly,
  reads,
  SENTENCE,
  startReset,
  typeAddress,
} from '../../support/pages'
import { DESKTOP, PHONE, visit } from '../../support/walk'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

describe('as time passes', () => {
  it('D1 D2 D3 a code is sent again after a minute, and the previous one is reported as replaced', async () => {
    const customer = newCustomer()
    const page = await visit(PHONE)
    await insertCustomer(customer)
    await startReset(page, customer.phone, BY_PHONE)
    await arrivesAt(page, '/reset/code')
    const first = await nextCode(customer.phone)
    await wait(MINUTE)
    await page.reload()
    expect(await page.getByRole('timer').innerText()).toBe('')
    await press(page, 'Kirim ulang kode')
    await page.getByRole('status').getByText('Kode baru sudah dikirim.').waitFor()
    await reads(page, /Kirim ulang dalam (1:00|0:5\d)/)
    const second = await nextCode(customer.phone)
    if (first !== second) {
      await answerCode(page, first)
      await isRefusedAt(page, 'code', SENTENCE.code_superseded)
    }
    await answerCode(page, second)
    await arrivesAt(page, '/reset/password')
  })

  it('O6 O11 an expired code has its own message, and one click sends another', async () => {
    const customer = newCustomer()
    await insertCustomer(customer)
    const page = await visit(PHONE)
    await startReset(page, customer.phone, BY_PHONE)
    await arrivesAt(page, '/reset/code')
    const code = await nextCode(customer.phone)
    await wait(10 * MINUTE)
    await answerCode(page, code)
    await reads(page, translations.code.expired)
    expect(await page.getByLabel('Kode OTP').count()).toBe(0)
    await press(page, 'Kirim ulang kode')
    await reads(page, 'Kode baru sudah dikirim.')
    await answerCode(page, await nextCode(customer.phone))
    await arrivesAt(page, '/reset/password')
  })

  it('W4 a wizard continues with what the customer typed after its session has ended', async () => {
    const [customer, address] = [await insertCustomer(), newEmail()]
    const page = await visit(PHONE, { customer })
    await page.goto('/profile/recovery/email')
    await typeAddress(page, 'email', address)
    await arrivesAt(page, '/profile/recovery/authorise')
    await nextCode(customer.phone)
    await page.context().clearCookies()
    await wait(25 * MINUTE)
    await press(page, 'Verifikasi')
    await pressEarly(page, 'Kirim ulang kode')
    await arrivesAt(page, '/login')
    await logIn(page, customer.email, customer.password)
    await reads(page, 'Kamu belum selesai menambahkan')
    await follow(page, 'Lanjutkan')
    await reads(page, address)
    await reads(page, translations.code.expired)
    await press(page, 'Kirim ulang kode')
    await reads(page, 'Kode baru sudah dikirim.')
    await answerCode(page, await nextCode(customer.phone))
    await arrivesAt(page, '/profile/recovery/email/confirm')
  })
})

describe('a dismissed pop-up', () => {
  it('U5 comes back after 7, 14 and 30 days, and not after that', async () => {
    const customer = await insertCustomer()
    for (const days of [7, 14, 30]) {
      await closePopup(customer)
      await wait(days * DAY - 60 * MINUTE)
      expect(await isPopupShown(customer)).toBe(false)
      await wait(60 * MINUTE)
      expect(await isPopupShown(customer)).toBe(true)
    }
    await closePopup(customer)
    await wait(365 * DAY)
    expect(await isPopupShown(customer)).toBe(false)
    const page = await visit(DESKTOP, { customer })
    await page.goto('/profile')
    await page.getByRole('link', { name: 'Tambah Akun Recovery' }).waitFor()
  })
})

describe('the need for a proof', () => {
  it('L10 of a login ends by itself', async () => {
    const { email: identifier, password } = await insertCustomer()
    const send = (typed: string) =>
      newClient().send('/login', 'Masuk', { identifier, password: typed })
    for (let tries = 0; tries < 5; tries++) await send('kata sandi yang keliru')
    expect((await send(password)).html).toContain('Tekan tombolnya lagi')
    await wait(15 * MINUTE)
    expect((await send(password)).path).toBe('/profile')
  })
})

describe('a session', () => {
  it('ends after thirty days', async () => {
    const client = await insertSession(await insertCustomer())
    await wait(29 * DAY)
    expect((await client.open('/profile')).status).toBe(200)
    await wait(2 * DAY)
    expect((await client.open('/profile')).location).toMatch(/^\/login/)
  })
})

const isPopupShown = async (customer: Customer) =>
  (await (await insertSession(customer)).open('/')).html.includes('>Tutup</button>')

async function closePopup(customer: Customer) {
  const client = await insertSession(customer)
  const answer = await client.press(await client.open('/'), 'Tutup')
  expect(answer.location).toBe('/')
}
