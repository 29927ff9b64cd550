import { describe, expect, it } from 'vitest'
import { kindsTo, newCustomer, nextCode, nextMessage, wrongCode } from '../support/customers'
import { insertCustomer } from '../support/fixtures'
import {
  answerCode,
  arrivesAt,
  fillRegistration,
  follow,
  isRefusedAt,
  logIn,
  press,
  reads,
  SENTENCE,
} from '../support/pages'
import { PHONE, visit } from '../support/walk'

const start = async (customer = newCustomer()) => {
  const page = await visit(PHONE)
  await page.goto('/register')
  await fillRegistration(page, customer)
  await press(page, 'Daftar')
  return page
}

describe('registering', () => {
  it('verifies the number with a code, and the account can log in', async () => {
    const customer = newCustomer()
    const page = await visit(PHONE)
    await page.goto('/')
    await follow(page, 'Daftar')
    await arrivesAt(page, '/register')
    await fillRegistration(page, customer)
    await press(page, 'Daftar')
    await arrivesAt(page, '/register/code')
    await answerCode(page, await nextCode(customer.phone))
    await arrivesAt(page, '/register/done')
    await follow(page, 'Masuk')
    await logIn(page, customer.phone, customer.password)
    await arrivesAt(page, '/profile')
    await reads(page, `Halo, ${customer.name}`)
    expect(await kindsTo(customer.email)).toEqual(['notice.registered'])
  })
})

describe('a registration', () => {
  it.each(['email', 'phone'] as const)(
    'with a taken %s shows the same screens, and notifies only its owner',
    async (taken) => {
      const owner = await insertCustomer()
      const stranger = newCustomer({ [taken]: owner[taken] })
      const page = await start(stranger)
      await arrivesAt(page, '/register/code')
      await reads(page, 'Kode OTP sudah kami kirim lewat SMS ke nomor handphone yang kamu isi')
      await nextMessage(owner[taken], 'already_registered')
      await answerCode(page, '123456')
      await isRefusedAt(page, 'code', SENTENCE.code_wrong)
      await logIn(page, stranger[taken === 'email' ? 'phone' : 'email'], stranger.password)
      await reads(page, SENTENCE.login_wrong)
    },
  )

  it('O8 refuses a wrong code at its field, empties the field, and accepts the right code afterwards', async () => {
    const customer = newCustomer()
    const page = await start(customer)
    await arrivesAt(page, '/register/code')
    const code = await nextCode(customer.phone)
    await answerCode(page, wrongCode(code))
    await isRefusedAt(page, 'code', SENTENCE.code_wrong)
    expect(await page.getByLabel('Kode OTP').inputValue()).toBe('')
    await answerCode(page, code)
    await arrivesAt(page, '/register/done')
  })

  it('O10 keeps its step after Back, a reload and a visit to another page', async () => {
    const customer = newCustomer()
    const page = await start(customer)
    await arrivesAt(page, '/register/code')
    await page.reload()
    await page.getByLabel('Kode OTP').waitFor()
    await page.goBack()
    await arrivesAt(page, '/register')
    await page.goto('/')
    await page.goto('/register/code')
    await answerCode(page, await nextCode(customer.phone))
    await arrivesAt(page, '/register/done')
    await page.goto('/register/code')
    await arrivesAt(page, '/register')
    expect(await kindsTo(customer.phone)).toEqual(['notice.registered', 'code.register'])
  })
})

describe('a registration sent twice by a double click', () => {
  it('sends one code', async () => {
    const customer = newCustomer()
    const page = await visit(PHONE)
    await page.goto('/register')
    await page.getByRole('button', { name: 'Tampilkan kata sandi' }).waitFor()
    await fillRegistration(page, customer)
    await page.getByRole('button', { name: 'Daftar' }).dblclick()
    await arrivesAt(page, '/register/code')
    await answerCode(page, await nextCode(customer.phone))
    await arrivesAt(page, '/register/done')
    await nextMessage(customer.phone, 'notice.registered')
    expect(await kindsTo(customer.phone)).toEqual(['notice.registered', 'code.register'])
  })
})
