import { describe, expect, it } from 'vitest'
import { type Answer, type Client, newClient } from '../support/client'
import {
  type Customer,
  newPhone,
  nextCode,
  nextMessage,
  OTHER_PASSWORD,
} from '../support/customers'
import { findUser, insertCustomer, insertSession } from '../support/fixtures'
import { textById, textOf } from '../support/html'
import { query } from '../support/product-database'
import { BY_SAVED_VALUE, REFUSAL, startReset } from './flows'

const PATH = '/profile/saved-code'
const SHOW = 'Tampilkan kode'

const codeIn = ({ html }: Answer) =>
  />([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5})<\/span>/.exec(html)?.[1] ?? ''

/** Makes a saved code without JavaScript, and comes to the page that shows it. */
async function walkToCode(client: Client, { phone, password }: Customer) {
  const asked = await client.send(PATH, 'Kirim kode', { currentPassword: password })
  expect(asked.path).toBe(`${PATH}/code`)
  const answer = { code: await nextCode(phone, 'make_saved_code') }
  return client.follow(await client.press(asked, 'Buat kode cadangan', answer))
}

describe('a saved code without JavaScript', () => {
  it('R71 is made in the profile, shown once, and resets the password once', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    expect(textOf((await client.open('/profile')).html)).toContain('Untuk disimpan di kertas.')
    const made = await walkToCode(client, customer)
    expect([made.path, codeIn(made)]).toEqual([`${PATH}/done`, ''])
    expect(made.headers.get('cache-control')).toContain('no-store')
    const shown = await client.press(made, SHOW)
    const code = codeIn(shown)
    expect(code).toHaveLength(15)
    expect(shown.headers.get('cache-control')).toContain('no-store')
    expect([...client.cookies, ...client.trail].join()).not.toContain(code.replaceAll('-', ''))
    for (const again of [await client.open(made.path), await client.press(made, SHOW)]) {
      expect(codeIn(again)).toBe('')
      expect(textOf(again.html)).toContain('Kode ini sudah ditampilkan')
    }
    await nextMessage(customer.phone, 'notice.saved_code_made')
    expect(textOf((await client.open('/profile')).html)).toContain('Sekali pakai.')
    const next = await resetWith(customer, code)
    expect([next.length, next === code]).toEqual([15, false])
    const used = await startReset(newClient(), customer.phone, BY_SAVED_VALUE)
    const refused = await newAttempt(customer, code)
    expect(used.path).toBe('/reset/code')
    expect(textById(refused.html, 'savedCode-error')).toBe(
      `${REFUSAL.saved_code_wrong} Sisa 4 percobaan.`,
    )
  })

  it('has a message for each fault at the field, and offers another way', async () => {
    const page = await startReset(newClient(), newPhone(), BY_SAVED_VALUE)
    expect(page.html).toMatch(/<input(?=[^>]*id="savedCode")(?=[^>]*autoComplete="off")/i)
    expect(page.html).toContain('href="/reset"')
    expect(page.html).not.toContain('Kirim ulang kode')
    const client = newClient()
    await startReset(client, newPhone(), BY_SAVED_VALUE)
    for (const [savedCode, sentence] of [
      ['', REFUSAL.saved_code_missing],
      ['123456', REFUSAL.saved_code_malformed],
    ] as const) {
      const { html } = await client.send('/reset/code', 'Verifikasi', { savedCode })
      expect(textById(html, 'savedCode-error')).toBe(sentence)
    }
    for (let attempt = 0; attempt < 5; attempt++)
      await client.send('/reset/code', 'Verifikasi', { savedCode: '0123-4567-89ABC' })
    expect(textOf((await client.open('/reset/code')).html)).toContain(REFUSAL.saved_code_exhausted)
  })

  it('opens a frozen account together with one address, and is replaced', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    const code = codeIn(await client.press(await walkToCode(client, customer), SHOW))
    await makeOlder(customer)
    await client.send('/profile/freeze', 'Bekukan akun')
    const { email: identifier, password } = customer
    const owner = newClient()
    const first = await owner.send('/login', 'Masuk', { identifier, password })
    expect([first.path, textOf(first.html)]).toEqual([
      '/unfreeze',
      expect.stringContaining('Verifikasi dengan yang mana?'),
    ])
    await owner.send('/unfreeze', 'Kirim kode', { slot: 'primary_phone' })
    const answer = { code: await nextCode(customer.phone, 'unfreeze_first') }
    await owner.send('/unfreeze/code', 'Verifikasi', answer)
    const asked = await owner.send('/unfreeze', 'Kirim kode', { slot: 'saved_code' })
    expect(textOf(asked.html)).toContain('sebelum akunmu dibekukan')
    const review = await owner.follow(await owner.press(asked, 'Verifikasi', { savedCode: code }))
    expect(review.path).toBe('/unfreeze/review')
    const done = await owner.follow(
      await owner.press(review, 'Simpan dan buka lagi akun', { newPassword: OTHER_PASSWORD }),
    )
    expect(done.path).toBe('/unfreeze/done')
    expect(codeIn(await owner.press(done, SHOW))).toHaveLength(15)
  })

  it('that was not shown is not left to whoever uses the browser after a log-out', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    const made = await walkToCode(client, customer)
    const kept = client.cookies.get('saved-code')
    await client.send('/profile', 'Keluar')
    expect([kept?.length, client.cookies.has('saved-code')]).toEqual([expect.any(Number), false])
    const other = await insertSession(await insertCustomer(), client)
    expect((await other.open(made.path)).location).toBe(PATH)
  })

  it('is not made by a thief who has the session but not the password', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    const page = await client.open(PATH)
    const wrong = await client.press(page, 'Kirim kode', { currentPassword: OTHER_PASSWORD })
    expect(textById(wrong.html, 'currentPassword-error')).toBe(REFUSAL.password_wrong)
    for (const path of [`${PATH}/code`, `${PATH}/done`])
      expect((await client.open(path)).location).toContain(PATH)
    expect((await newClient().open(`${PATH}/done`)).location).toContain('/login')
  })
})

/** Moves what an account has to before the seven days that an unfreeze reviews. */
async function makeOlder(customer: Customer) {
  const { userId } = await findUser(customer)
  const move = (table: string, column: string, of: string) =>
    query(
      `update "${table}" set "${column}" = "${column}" - interval '30 days' where "${of}" = $1`,
      [userId],
    )
  await move('User', 'createdAt', 'id')
  await move('SavedCode', 'createdAt', 'userId')
  for (const column of ['addedAt', 'confirmedAt']) await move('Address', column, 'userId')
}

async function newAttempt({ phone }: Customer, savedCode: string) {
  const client = newClient()
  await startReset(client, phone, BY_SAVED_VALUE)
  return client.send('/reset/code', 'Verifikasi', { savedCode })
}

/** Resets the password with a saved code, and returns the one that replaces it. */
async function resetWith({ phone }: Customer, code: string) {
  const client = newClient()
  const asked = await startReset(client, phone, BY_SAVED_VALUE)
  const savedCode = code.toLowerCase().replaceAll('-', ' ')
  const next = await client.follow(await client.press(asked, 'Verifikasi', { savedCode }))
  expect(next.path).toBe('/reset/password')
  const done = await client.follow(
    await client.press(next, 'Simpan kata sandi', { newPassword: OTHER_PASSWORD }),
  )
  expect([done.path, textOf(done.html)]).toEqual([
    '/reset/done',
    expect.stringContaining('Kode yang tadi kamu pakai tidak berlaku lagi.'),
  ])
  expect(done.headers.get('cache-control')).toContain('no-store')
  await nextMessage(phone, 'notice.saved_code_used')
  return codeIn(await client.press(done, SHOW))
}
