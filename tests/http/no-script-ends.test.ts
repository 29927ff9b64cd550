import { describe, expect, it } from 'vitest'
import translations from '@/messages/id.json'
import { newClient } from '../support/client'
import {
  newEmail,
  nextCode,
  nextMessage,
  OTHER_PASSWORD,
  walkToConfirmation,
  wrongCode,
} from '../support/customers'
import { insertCustomer, insertSession } from '../support/fixtures'
import { textById, textOf } from '../support/html'
import { passedReset, REFUSAL, reset } from './flows'

const { profile, slot } = translations

const WAITING = `${slot.recovery_email} ${profile.waiting}`

describe('an address', () => {
  it('that is unconfirmed is replaced by another one, and only the code to that one confirms', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    const [first, second] = [newEmail(), newEmail()]
    await walkToConfirmation(client, customer, 'email', first)
    const old = await nextCode(first)
    const page = await walkToConfirmation(client, customer, 'email', second)
    const code = await nextCode(second)
    const refused = await client.press(page, 'Verifikasi', {
      code: old === code ? wrongCode(old) : old,
    })
    expect(textById(refused.html, 'code-error')).toContain(REFUSAL.code_wrong)
    const done = await client.press(page, 'Verifikasi', { code })
    expect(done.location).toBe('/profile/recovery/done')
    expect(textOf((await client.open('/profile')).html)).not.toContain(WAITING)
  })

  it('W6 that is unconfirmed is removed like a confirmed one', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    await walkToConfirmation(client, customer, 'email', newEmail())
    const page = await client.send('/profile/recovery/email/remove', 'Kirim kode')
    const answer = await client.press(page, 'Hapus', { code: await nextCode(customer.phone) })
    expect(textOf((await client.follow(answer)).html)).toContain('Akun Recovery sudah dihapus')
    expect(textOf((await client.open('/profile')).html)).not.toContain(WAITING)
  })

  it('that is the primary e-mail is confirmed with a code to it', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    const page = await client.send('/profile/email/verify', 'Kirim kode')
    const answer = await client.press(page, 'Verifikasi', { code: await nextCode(customer.email) })
    expect(textOf((await client.follow(answer)).html)).toContain('Email utama sudah terverifikasi')
    expect(textOf((await client.open('/profile')).html)).not.toContain('Belum diverifikasi')
    await nextMessage(customer.phone, 'notice.email_confirmed')
    expect((await client.open('/profile/email/verify')).location).toBe('/profile')
  })
})

describe('a reset', () => {
  it('P6 P7 replaces the password, and the old one no longer logs in', async () => {
    const customer = await insertCustomer()
    const client = newClient()
    const done = await reset(customer, OTHER_PASSWORD, client)
    expect(done.location).toBe('/reset/done')
    for (const [password, path] of [
      [customer.password, '/login'],
      [OTHER_PASSWORD, '/profile'],
    ] as const) {
      const typed = { identifier: customer.phone, password }
      expect((await newClient().send('/login', 'Masuk', typed)).path).toBe(path)
    }
  })

  it('refuses a weak new password without spending the code', async () => {
    const { client, page } = await passedReset(await insertCustomer())
    await client.press(page, 'Simpan kata sandi', { newPassword: 'pendek' })
    expect((await client.open('/reset/code')).location).toBe('/reset/password')
    const done = await client.press(page, 'Simpan kata sandi', { newPassword: OTHER_PASSWORD })
    expect(done.location).toBe('/reset/done')
  })
})
