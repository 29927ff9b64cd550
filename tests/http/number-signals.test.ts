import { afterAll, describe, expect, it } from 'vitest'
import { type Client, newClient } from '../support/client'
import {
  type Customer,
  newPhone,
  nextCode,
  nextMessage,
  OTHER_PASSWORD,
} from '../support/customers'
import { insertCustomer, insertRecovery, insertSession } from '../support/fixtures'
import { normalised, stopLinkIn, textById, textOf } from '../support/html'
import { isIndonesian } from '../support/language'
import { international, startOperator } from '../support/operator'
import { productNow, startOwnProduct } from '../support/running'
import { REFUSAL } from './flows'

const operator = await startOperator()
const product = startOwnProduct(operator.environment)
operator.tokens.clock = productNow

afterAll(async () => {
  await operator.close()
  expect(operator.faults).toEqual([])
})

/** A recovery address that is younger releases no password. */
const WAIT_MS = 3 * 24 * 60 * 60 * 1_000
const VETO = 'Batalkan kata sandi baru'
const RELEASE = 'Kirim kode ke Akun Recovery'
const DATE = String.raw`\d+ \w+ \d{4}, \d\d\.\d\d WIB`

async function ask(client: Client, phone: string) {
  return client.send('/reset', 'Kirim kode', { identifier: phone, choice: 'primary_phone' })
}

/** A reset whose number has a new SIM. The browser shows why the password waits. */
async function hold(customer: Customer) {
  operator.answer(international(customer.phone), { swapped: true })
  const client = newClient()
  await ask(client, customer.phone)
  await client.send('/reset/code', 'Verifikasi', {
    code: await nextCode(customer.phone, 'reset_password'),
  })
  const typed = { newPassword: OTHER_PASSWORD }
  return { client, page: await client.send('/reset/password', 'Simpan kata sandi', typed) }
}

async function withRecovery() {
  const customer = await insertCustomer()
  const phone = newPhone()
  await insertRecovery(customer, 'phone', phone)
  return { customer, phone }
}

describe('R79 a new password that waits', () => {
  it('says why and until when, and works at once with a code to the recovery address', async () => {
    const { customer, phone } = await withRecovery()
    await product().advanceClock(WAIT_MS)
    const { client, page } = await hold(customer)
    expect(page.path).toBe('/reset/held')
    isIndonesian({ path: '/reset/held', html: page.html })
    expect(textOf(page.html)).toMatch(new RegExp(`Berlaku ${DATE}, kecuali dibatalkan`))
    expect(page.html).not.toContain(phone.slice(-4))
    const asked = await client.send('/reset/held', RELEASE)
    expect(asked.path).toBe('/reset/held/code')
    isIndonesian({ path: '/reset/held/code', html: asked.html })
    const wrong = await client.send('/reset/held/code', 'Verifikasi', { code: '000000' })
    expect(textById(wrong.html, 'code-error')).toContain(REFUSAL.code_wrong)
    const code = await nextCode(phone, 'release_password')
    expect((await client.send('/reset/held/code', 'Verifikasi', { code })).path).toBe('/reset/done')
    const login = { identifier: customer.phone, password: OTHER_PASSWORD }
    expect((await newClient().send('/login', 'Masuk', login)).path).toBe('/profile')
  })

  it('without an old recovery address only says until when', async () => {
    const { page } = await hold(await insertCustomer())
    expect(textOf(page.html)).not.toContain(RELEASE)
    expect(page.html).toContain('href="tel:02125556060"')
  })

  it('is cancelled by the link of a notice without a log-in; a GET changes nothing', async () => {
    const { customer, phone } = await withRecovery()
    const { client } = await hold(customer)
    const link = stopLinkIn(await nextMessage(phone, 'notice.password_held'))
    for (const _ of [1, 2]) {
      const page = await newClient().open(link)
      expect(textOf(page.html)).toMatch(new RegExp(`Berlaku ${DATE}, kecuali kamu membatalkannya`))
      isIndonesian({ path: '/stop', html: page.html })
    }
    const old = await newClient().open(link)
    const stopped = await newClient().send(link, VETO)
    expect(textOf(stopped.html)).toContain('Kata sandi baru dibatalkan')
    const again = newClient()
    expect(textOf((await again.follow(await again.press(old, VETO))).html)).toContain(
      'Kata sandi baru dibatalkan',
    )
    expect(textOf((await client.open('/reset/held')).html)).toContain(
      'Kata sandi baru tidak jadi berlaku',
    )
    await nextMessage(phone, 'notice.password_vetoed')
  })

  it('is shown to its signed-in owner, who cancels it', async () => {
    const { customer } = await withRecovery()
    const owner = await insertSession(customer)
    await hold(customer)
    expect(textOf((await owner.open('/profile')).html)).toContain('Kata sandi baru menunggu')
    const wrong = await owner.send('/profile/held', VETO, { currentPassword: 'bukan ini' })
    expect(textById(wrong.html, 'currentPassword-error')).toContain(REFUSAL.password_wrong)
    const typed = { currentPassword: customer.password }
    const done = await owner.send('/profile/held', VETO, typed)
    expect(done.path).toBe('/profile/done')
    expect(textOf(done.html)).toContain('Kata sandimu yang sekarang tetap berlaku')
    expect(textOf((await owner.open('/profile')).html)).not.toContain('Kata sandi baru menunggu')
    expect((await owner.open('/profile/held')).location).toContain('/profile')
  })

  it('has no page for a link or a browser that nobody was given', async () => {
    expect(textOf((await newClient().open('/stop/bukan-tautan')).html)).toContain(
      'Tautan ini tidak kami kenali',
    )
    const browser = newClient()
    for (const page of ['/reset/held', '/reset/held/code'])
      expect((await browser.open(page)).location).toContain('/reset?ended=challenge_gone')
  })
})

describe('R80 a recycled number', () => {
  it('looks to a stranger as a number without an account', async () => {
    const { customer } = await withRecovery()
    operator.answer(international(customer.phone), { recycled: true })
    const walk = async (phone: string) => {
      const client = newClient()
      const asked = await ask(client, phone)
      const wrong = await client.send('/reset/code', 'Verifikasi', { code: '000000' })
      return [asked, wrong].map(({ path, html }) => [path, normalised(html)])
    }
    const known = await walk(customer.phone)
    expect(known).toEqual(await walk(newPhone()))
    expect(await walk(customer.phone)).toEqual(await walk(newPhone()))
  })

  it('is shown in the profile, refused as a proof, and works again with a code to it', async () => {
    const { customer, phone } = await withRecovery()
    const owner = await insertSession(customer)
    operator.answer(international(customer.phone), { recycled: true })
    await ask(newClient(), customer.phone)
    await nextMessage(phone, 'notice.number_recycled')
    expect(textOf((await owner.open('/profile')).html)).toContain('Milik orang lain?')
    const typed = { email: 'cadangan.lain@example.com' }
    const refused = await owner.send('/profile/recovery/email', 'Simpan', typed)
    expect(textOf(refused.html)).toContain(REFUSAL.number_recycled)
    const change = textOf((await owner.open('/profile/phone')).html)
    expect(change).toContain('Akun Recovery, ')
    expect(change).not.toContain('Nomor utama, ')
    const sent = await owner.send('/profile/phone/verify', 'Kirim kode')
    expect(sent.path).toBe('/profile/phone/verify')
    const code = await nextCode(customer.phone, 'reverify_recovery')
    const done = await owner.send('/profile/phone/verify', 'Verifikasi', { code })
    expect(textOf(done.html)).toContain('Nomor ini masih milikmu')
    expect(textOf((await owner.open('/profile')).html)).not.toContain('Milik orang lain?')
    expect((await owner.open('/profile/phone/verify')).location).toContain('/profile')
  })
})

it('the profile says what operators are asked, why, and on which legal basis', async () => {
  const owner = await insertSession(await insertCustomer())
  expect((await owner.open('/profile')).html).toContain('href="/profile/operator"')
  const page = await owner.open('/profile/operator')
  isIndonesian({ path: '/profile/operator', html: page.html })
  for (const words of ['72 jam', 'UU 27/2022', 'setelah 90 hari'])
    expect(textOf(page.html)).toContain(words)
})
