import { describe, expect, it } from 'vitest'
import translations from '@/messages/id.json'
import { newClient } from '../support/client'
import {
  kindsTo,
  newCustomer,
  nextCode,
  nextMessage,
  walkToAccount,
  wrongCode,
} from '../support/customers'
import { confirmPrimaryEmail, insertCustomer } from '../support/fixtures'
import { textOf } from '../support/html'
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
import { NO_SCRIPT, PHONE, visit } from '../support/walk'

const { profile, registerDone, registerEmail } = translations

const start = async (customer = newCustomer(), mode = PHONE) => {
  const page = await visit(mode)
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
    await arrivesAt(page, '/register/email')
    await reads(page, customer.email)
    await answerCode(page, await nextCode(customer.email))
    await arrivesAt(page, '/register/done')
    await reads(page, registerDone.text)
    await follow(page, registerDone.profile)
    await arrivesAt(page, '/profile')
    await reads(page, `Halo, ${customer.name}`)
    expect(await kindsTo(customer.email)).toEqual(['notice.email_confirmed', 'code.verify_email'])
    await page.context().clearCookies()
    await logIn(page, customer.email, customer.password)
    await arrivesAt(page, '/profile')
  })

  it.each([PHONE, NO_SCRIPT])(
    '$mode is done without the code of the e-mail, which then does not log in, and says so',
    async (mode) => {
      const customer = newCustomer()
      const page = await start(customer, mode)
      await answerCode(page, await nextCode(customer.phone))
      await arrivesAt(page, '/register/email')
      const code = await nextCode(customer.email)
      await answerCode(page, wrongCode(code))
      await isRefusedAt(page, 'code', SENTENCE.code_wrong)
      await follow(page, registerEmail.later)
      await arrivesAt(page, '/register/done')
      for (const words of [registerDone.textPhone, registerDone.unconfirmed])
        await reads(page, words)
      const { email: identifier, password } = customer
      const refused = await newClient().send('/login', 'Masuk', { identifier, password })
      expect(textOf(refused.html)).toContain(SENTENCE.login_wrong)
      await page.goto('/register/done')
      await follow(page, registerDone.code)
      await answerCode(page, code)
      await arrivesAt(page, '/register/done')
      await reads(page, registerDone.text)
      await page.goto('/register/email')
      await arrivesAt(page, '/register/done')
    },
  )

  it('shows in the profile that an unconfirmed e-mail does not log in, and confirms it there', async () => {
    const customer = await walkToAccount()
    const page = await visit(PHONE, { customer })
    await page.goto('/profile')
    await reads(page, profile.pendingHint)
    await follow(page, profile.verify)
    await arrivesAt(page, '/profile/email/verify')
    await nextCode(customer.email)
    await press(page, 'Kirim kode')
    await answerCode(page, await nextCode(customer.email))
    await arrivesAt(page, '/profile/done')
    await follow(page, 'Ke profil')
    await reads(page, 'Profil akun')
    expect(await page.getByText(profile.pendingHint).count()).toBe(0)
  })
})

describe('a registration', () => {
  it('with a taken number shows the same screens, and notifies only its owner', async () => {
    const owner = await insertCustomer()
    const stranger = newCustomer({ phone: owner.phone })
    const page = await start(stranger)
    await arrivesAt(page, '/register/code')
    await reads(page, 'Masukkan Kode OTP yang kami kirim ke')
    await nextMessage(owner.phone, 'already_registered')
    await answerCode(page, '123456')
    await isRefusedAt(page, 'code', SENTENCE.code_wrong)
    await logIn(page, stranger.email, stranger.password)
    await reads(page, SENTENCE.login_wrong)
  })

  it('with a taken e-mail creates an account with the number, and notifies the owner of the e-mail', async () => {
    const owner = await insertCustomer()
    await confirmPrimaryEmail(owner)
    const stranger = newCustomer({ email: owner.email })
    const page = await start(stranger)
    await answerCode(page, await nextCode(stranger.phone))
    await arrivesAt(page, '/register/email')
    await nextMessage(owner.email, 'already_registered')
    await answerCode(page, '123456')
    await isRefusedAt(page, 'code', SENTENCE.code_wrong)
    await follow(page, registerEmail.later)
    await reads(page, registerDone.unconfirmed)
    await follow(page, registerDone.profile)
    await arrivesAt(page, '/profile')
    expect(await kindsTo(owner.email)).toEqual(['already_registered'])
  })

  it('O8 refuses a wrong code at its field, empties the field, and accepts the right code afterwards', async () => {
    const customer = newCustomer()
    const page = await start(customer)
    await arrivesAt(page, '/register/code')
    const code = await nextCode(customer.phone)
    await answerCode(page, wrongCode(code))
    await isRefusedAt(page, 'code', SENTENCE.code_wrong)
    expect(await page.getByLabel('Kode OTP').inputValue()).toBe('')
    await answerCode(page, code)
    await arrivesAt(page, '/register/email')
  })

  it('D6 W3 keeps what was typed but the password, when the number is corrected', async () => {
    const customer = newCustomer()
    const page = await start(customer)
    await arrivesAt(page, '/register/code')
    await follow(page, translations.registerCode.back)
    await arrivesAt(page, '/register')
    const typedIn = (label: string) => page.getByLabel(label, { exact: true }).inputValue()
    expect(await typedIn('Nama')).toBe(customer.name)
    expect(await typedIn('Email')).toBe(customer.email)
    expect((await typedIn('No. Handphone')).replaceAll('-', '')).toBe(customer.phone)
    expect(await typedIn('Kata sandi')).toBe('')
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
    await arrivesAt(page, '/register/email')
    await page.goto('/register/code')
    await arrivesAt(page, '/profile')
    await page.goto('/register/email')
    await answerCode(page, await nextCode(customer.email))
    await arrivesAt(page, '/register/done')
    const kinds = await kindsTo(customer.phone)
    expect(kinds.filter((kind) => kind.startsWith('code.'))).toEqual(['code.register'])
  })
})
