import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import {
  addRecovery,
  type Customer,
  type Kind,
  kindsTo,
  newAddress,
  newEmail,
  newPhone,
  nextCode,
  nextMessage,
  register,
  signIn,
  wrongCode,
} from '../support/customers'
import { answerCode, arrivesAt, follow, isRefusedAt, logIn, press, reads, SENTENCE } from '../support/pages'
import { BOTH_MODES, DESKTOP, visit } from '../support/walk'

const KINDS = ['phone', 'email'] as const
const FIELD = { phone: 'Nomor handphone baru', email: 'Email baru' } as const
const CHANGED = {
  phone: 'Nomor utama sudah diganti. Perangkat lain sudah keluar dari akunmu.',
  email: 'Email utama sudah diganti. Perangkat lain sudah keluar dari akunmu.',
} as const
const BY_NUMBER = /SMS ke nomor utama/
const BY_RECOVERY = /Akun Recovery/

async function ask(page: Page, customer: Customer, kind: Kind, address: string, proof = BY_NUMBER) {
  await page.getByLabel(FIELD[kind]).fill(address)
  await page.getByLabel('Kata sandi sekarang').fill(customer.password)
  await page.getByRole('radio', { name: proof }).check()
  await press(page, 'Kirim kode')
}

/** From the code that shows who asks to the code that came to the new address. */
async function finish(page: Page, base: string, sentTo: string, address: string) {
  await arrivesAt(page, `${base}/authorise`)
  await reads(page, 'Langkah 2 dari 4')
  await answerCode(page, await nextCode(sentTo))
  await arrivesAt(page, `${base}/review`)
  await reads(page, 'Langkah 3 dari 4')
  await reads(page, 'Belum ada yang berubah.')
  await press(page, 'Kirim kode')
  await arrivesAt(page, `${base}/confirm`)
  await reads(page, 'Langkah 4 dari 4')
  await answerCode(page, await nextCode(address))
  await arrivesAt(page, '/profile')
}

describe.each(BOTH_MODES)('a change of a primary address $mode', (mode) => {
  it.each(KINDS)('W5 R21 leads from the profile through both codes, and the new one logs in from then on: %s', async (kind) => {
    const [customer, address] = [await register(), newAddress(kind)]
    const page = await visit(mode, { customer })
    await page.goto('/profile')
    await page.locator(`a[href="/profile/${kind}"]`).click()
    await reads(page, 'Langkah 1 dari 4')
    await ask(page, customer, kind, address)
    await finish(page, `/profile/${kind}`, customer.phone, address)
    await reads(page, CHANGED[kind])
    for (const to of [customer.phone, customer.email, address]) await nextMessage(to, `notice.${kind}_changed`)
    const other = await visit(mode)
    await logIn(other, customer[kind], customer.password)
    await other.getByText(SENTENCE.login_wrong).first().waitFor()
    await logIn(other, address, customer.password)
    await arrivesAt(other, '/profile')
  })
})

describe.each(BOTH_MODES)('who holds the password and a recovery account alone $mode', (mode) => {
  it('R19 logs in and changes the lost number', async () => {
    const [customer, recovery, address] = [await register(), newEmail(), newPhone()]
    await addRecovery(await signIn(customer), customer, 'email', recovery)
    const before = await kindsTo(customer.phone)
    const page = await visit(mode)
    await logIn(page, customer.email, customer.password)
    await arrivesAt(page, '/profile')
    await page.goto('/profile/phone')
    await ask(page, customer, 'phone', address, BY_RECOVERY)
    await finish(page, '/profile/phone', recovery, address)
    await reads(page, CHANGED.phone)
    const codes = (kinds: string[]) => kinds.filter((kind) => kind.startsWith('code.'))
    expect(codes(await kindsTo(customer.phone))).toEqual(codes(before))
  })
})

describe.each(BOTH_MODES)('the steps of a change $mode', (mode) => {
  it('R49 are where the server has them: in a second tab, after a reload, Back and a skipped step', async () => {
    const [customer, address] = [await register(), newPhone()]
    const page = await visit(mode, { customer })
    for (const step of ['authorise', 'review', 'confirm']) {
      await page.goto(`/profile/phone/${step}`)
      await arrivesAt(page, '/profile/phone')
    }
    await ask(page, customer, 'phone', address)
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
    await arrivesAt(page, '/profile')
    await press(tab, 'Kirim kode')
    await arrivesAt(tab, '/profile/phone')
    await reads(tab, SENTENCE.challenge_gone)
  })

  it('keep what was typed on a refusal, but never the password', async () => {
    const [customer, address] = [await register(), newPhone()]
    const page = await visit(mode, { customer })
    await page.goto('/profile/phone')
    await ask(page, { ...customer, password: 'not the password' }, 'phone', address)
    await isRefusedAt(page, 'currentPassword', SENTENCE.password_wrong)
    expect(await page.getByLabel(FIELD.phone).inputValue()).toBe(address)
    expect(await page.getByLabel('Kata sandi sekarang').inputValue()).toBe('')
    await ask(page, customer, 'phone', customer.phone)
    await isRefusedAt(page, 'phone', SENTENCE.same_as_current)
    await reads(page, 'Tanpa Akun Recovery yang aktif, hanya Customer Care yang bisa membantu.')
  })

  it('R22 are the same for an address of another account, which is told only after its code', async () => {
    const [customer, other] = [await register(), await register()]
    const page = await visit(mode, { customer })
    await page.goto('/profile/phone')
    await ask(page, customer, 'phone', other.phone)
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
    await signIn(other)
    await signIn(customer)
  })
})

describe.each(BOTH_MODES)('a recovery account $mode', (mode) => {
  it.each(KINDS)('is replaced from the profile, by the primary phone or the other one: %s', async (kind) => {
    const customer = await register()
    const [client, other] = [await signIn(customer), kind === 'email' ? 'phone' : 'email'] as const
    const [first, second, proof] = [newAddress(kind), newAddress(kind), newAddress(other)]
    await addRecovery(client, customer, kind, first)
    const base = `/profile/recovery/${kind}/replace`
    const page = await visit(mode, { customer })
    await page.goto('/profile')
    await page.locator(`a[href="${base}"]`).click()
    await reads(page, 'Tanpa Akun Recovery lain yang aktif')
    await page.getByLabel(FIELD[kind]).fill(second)
    await press(page, 'Kirim kode')
    await finish(page, base, customer.phone, second)
    await reads(page, 'Akun Recovery sudah diganti.')
    for (const to of [first, second, customer.email]) await nextMessage(to, 'notice.recovery_replaced')
    await addRecovery(client, customer, other, proof)
    await page.goto(base)
    await page.getByLabel(FIELD[kind]).fill(first)
    await page.getByRole('radio', { name: BY_RECOVERY }).check()
    await press(page, 'Kirim kode')
    await finish(page, base, proof, first)
    await reads(page, '1.000 poin')
  })
})

describe.each(BOTH_MODES)('the primary e-mail $mode', (mode) => {
  it('is confirmed by a code to it', async () => {
    const customer = await register()
    const page = await visit(mode, { customer })
    await page.goto('/profile')
    await reads(page, 'Belum dikonfirmasi')
    await page.locator('a[href="/profile/email"]').click()
    await reads(page, 'Email ini belum dikonfirmasi')
    await follow(page, 'Konfirmasi email ini')
    await arrivesAt(page, '/profile/email/prove')
    await press(page, 'Kirim kode')
    await page.getByLabel('Kode OTP').waitFor()
    await answerCode(page, await nextCode(customer.email))
    await arrivesAt(page, '/profile')
    await reads(page, 'Email utama sudah dikonfirmasi.')
    expect(await page.getByText('Belum dikonfirmasi').count()).toBe(0)
    await nextMessage(customer.phone, 'notice.email_confirmed')
    await page.goto('/profile/email/prove')
    await arrivesAt(page, '/profile')
  })
})

describe('a word that is no address in the profile', () => {
  it('leads back to the profile', async () => {
    const page = await visit(DESKTOP, { customer: await register() })
    for (const path of ['/profile/faks', '/profile/faks/review', '/profile/recovery/email/replace']) {
      await page.goto(path)
      await arrivesAt(page, '/profile')
    }
  })
})
