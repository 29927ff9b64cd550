import { describe, expect, it } from 'vitest'
import {
  kindsTo,
  newAddress,
  newEmail,
  newPhone,
  nextCode,
  nextMessage,
  walkLogin,
  wrongCode,
} from '../support/customers'
import { insertCustomer, insertRecovery } from '../support/fixtures'
import {
  answerCode,
  arrivesAt,
  follow,
  isRefusedAt,
  logIn,
  press,
  reads,
  SENTENCE,
} from '../support/pages'
import { PHONE, visit } from '../support/walk'
import { BY_RECOVERY, CHANGED, FIELD, finish, KINDS, requestChange } from './change-pages'

describe('a change of a primary address', () => {
  it.each(KINDS)(
    'W5 R21 goes from the profile through both codes, and the new address logs in afterwards: %s',
    async (kind) => {
      const [customer, address] = [await insertCustomer(), newAddress(kind)]
      const page = await visit(PHONE, { customer })
      await page.goto('/profile')
      await page.locator(`a[href="/profile/${kind}"]`).click()
      await reads(page, 'Langkah 1 dari 4')
      await requestChange(page, customer, kind, address)
      await finish(page, `/profile/${kind}`, customer.phone, address)
      await reads(page, CHANGED[kind])
      for (const to of [customer.phone, customer.email, address])
        await nextMessage(to, `notice.${kind}_changed`)
      const other = await visit(PHONE)
      await logIn(other, customer[kind], customer.password)
      await other.getByText(SENTENCE.login_wrong).first().waitFor()
      await logIn(other, address, customer.password)
      await arrivesAt(other, '/profile')
    },
  )
})

describe('a customer with only the password and a recovery address', () => {
  it('R19 logs in and changes the lost number', async () => {
    const [customer, recovery, address] = [await insertCustomer(), newEmail(), newPhone()]
    await insertRecovery(customer, 'email', recovery)
    const before = await kindsTo(customer.phone)
    const page = await visit(PHONE)
    await logIn(page, customer.email, customer.password)
    await arrivesAt(page, '/profile')
    await page.goto('/profile/phone')
    await requestChange(page, customer, 'phone', address, BY_RECOVERY)
    await finish(page, '/profile/phone', recovery, address)
    await reads(page, CHANGED.phone)
    const codes = (kinds: string[]) => kinds.filter((kind) => kind.startsWith('code.'))
    expect(codes(await kindsTo(customer.phone))).toEqual(codes(before))
  })
})

describe('the steps of a change', () => {
  it('R49 follow the state of the server in a second tab, after a reload, after Back and after a skipped step', async () => {
    const [customer, address] = [await insertCustomer(), newPhone()]
    const page = await visit(PHONE, { customer })
    for (const step of ['authorise', 'review', 'confirm']) {
      await page.goto(`/profile/phone/${step}`)
      await arrivesAt(page, '/profile/phone')
    }
    await requestChange(page, customer, 'phone', address)
    await arrivesAt(page, '/profile/phone/authorise')
    const tab = await page.context().newPage()
    await tab.goto('/profile/phone/confirm')
    await arrivesAt(tab, '/profile/phone/authorise')
    await answerCode(page, await nextCode(customer.phone))
    await arrivesAt(page, '/profile/phone/review')
    await answerCode(tab, '123456')
    await arrivesAt(tab, '/profile/phone/review')
    await press(page, 'Kirim kode')
    await arrivesAt(page, '/profile/phone/confirm')
    await page.goto('/profile/phone')
    await page.locator(`input[name="phone"][value^="08"]`).waitFor()
    await page.goto('/profile/phone/authorise')
    await arrivesAt(page, '/profile/phone/confirm')
    await answerCode(page, await nextCode(address))
    await arrivesAt(page, '/profile/done')
    await press(tab, 'Kirim kode')
    await arrivesAt(tab, '/profile/phone')
    await reads(tab, SENTENCE.challenge_gone)
  })

  it('keep what the customer typed on a refusal, except the password', async () => {
    const [customer, address] = [await insertCustomer(), newPhone()]
    const page = await visit(PHONE, { customer })
    await page.goto('/profile/phone')
    await requestChange(page, { ...customer, password: 'not the password' }, 'phone', address)
    await isRefusedAt(page, 'currentPassword', SENTENCE.password_wrong)
    expect(await page.getByLabel(FIELD.phone).inputValue()).toBe(address)
    expect(await page.getByLabel('Kata sandi sekarang').inputValue()).toBe('')
    await requestChange(page, customer, 'phone', customer.phone)
    await isRefusedAt(page, 'phone', SENTENCE.same_as_current)
    await reads(page, 'Tanpa Akun Recovery yang aktif, hanya Customer Care yang bisa membantu.')
  })

  it('R22 are the same for an address of another account, and refuse it only after its code', async () => {
    const [customer, other] = [await insertCustomer(), await insertCustomer()]
    const page = await visit(PHONE, { customer })
    await page.goto('/profile/phone')
    await requestChange(page, customer, 'phone', other.phone)
    await arrivesAt(page, '/profile/phone/authorise')
    await answerCode(page, await nextCode(customer.phone))
    await arrivesAt(page, '/profile/phone/review')
    await press(page, 'Kirim kode')
    await arrivesAt(page, '/profile/phone/confirm')
    const code = await nextCode(other.phone)
    await answerCode(page, wrongCode(code))
    await isRefusedAt(page, 'code', SENTENCE.code_wrong)
    await answerCode(page, code)
    await arrivesAt(page, '/profile/phone')
    await reads(page, SENTENCE.taken)
    await follow(page, 'Hubungi Customer Care')
    await arrivesAt(page, '/help')
    await walkLogin(other)
    await walkLogin(customer)
  })
})
