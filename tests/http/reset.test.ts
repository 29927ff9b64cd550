import { describe, expect, it } from 'vitest'
import translations from '@/messages/id.json'
import { newClient } from '../support/client'
import {
  newEmail,
  newPhone,
  nextMessage,
  OTHER_PASSWORD,
  walkRecovery,
  walkToConfirmation,
} from '../support/customers'
import { insertCustomer, insertRecovery, insertSession } from '../support/fixtures'
import { textOf } from '../support/html'
import { passedReset, reset } from './flows'

const { profile, slot } = translations

describe('a reset', () => {
  it('R28 opens a session that can only set the new password, once', async () => {
    const { client, page } = await passedReset(await insertCustomer())
    for (const path of [
      '/profile',
      '/profile/devices',
      '/profile/activity',
      '/profile/password',
      '/profile/recovery',
    ])
      expect((await client.open(path)).location).toMatch(/^\/login/)
    expect(
      (await client.press(page, 'Simpan kata sandi', { newPassword: OTHER_PASSWORD })).location,
    ).toBe('/reset/done')
    const again = await client.press(page, 'Simpan kata sandi', {
      newPassword: 'payung biru di tengah hujan',
    })
    expect(again.location).not.toBe('/reset/done')
  })

  it('R36 signs nobody in', async () => {
    const { client, page } = await passedReset(await insertCustomer())
    await client.follow(
      await client.press(page, 'Simpan kata sandi', { newPassword: OTHER_PASSWORD }),
    )
    expect([...client.cookies.keys()].filter((name) => /session/.test(name))).toEqual([])
    expect((await client.open('/profile')).location).toMatch(/^\/login/)
  })

  it('P6 R37 ends every session at once', async () => {
    const customer = await insertCustomer()
    const others = [await insertSession(customer), await insertSession(customer)]
    await reset(customer, OTHER_PASSWORD)
    for (const other of others) expect((await other.open('/profile')).location).toMatch(/^\/login/)
  })

  it('R39 R40 notifies every confirmed address within a minute of what, when, from where, and what to do', async () => {
    const customer = await insertCustomer()
    const [email, phone] = [newEmail(), newPhone()]
    await insertRecovery(customer, 'email', email)
    await insertRecovery(customer, 'phone', phone)
    const begun = Date.now()
    await reset(customer, OTHER_PASSWORD)
    const notices = await Promise.all(
      [customer.email, customer.phone, email, phone].map((to) =>
        nextMessage(to, 'notice.password_reset'),
      ),
    )
    for (const { createdAt, text } of notices) {
      expect(new Date(createdAt).getTime() - begun).toBeLessThan(60_000)
      expect(text).toMatch(/kata sandi akunmu diatur ulang/)
      expect(text).toMatch(/\d\d\.\d\d WIB/)
      expect(text).toMatch(/\/secure\/[\w-]{22}(\s|$)/)
      expect(text).toMatch(/(ref|Nomor referensi:) [2-9B-Z]{8}/)
      for (const whole of [customer.email, email, customer.phone, phone])
        expect(text).not.toContain(whole)
    }
  })
})

describe('a notice', () => {
  const changeFrom = async (ip: string) => {
    const customer = await insertCustomer()
    const client = await insertSession(customer, newClient({ ip }))
    const passwords = { currentPassword: customer.password, newPassword: OTHER_PASSWORD }
    await client.send('/profile/password', 'Simpan kata sandi', passwords)
    return (await nextMessage(customer.email, 'notice.password_changed')).text
  }

  it('R40 names the country of the IP address, where it is known', async () => {
    expect(await changeFrom('36.66.0.1')).toContain('Perkiraan lokasi: Indonesia')
    expect(await changeFrom('2a00:1450:4001::1')).toMatch(/Perkiraan lokasi: \S/)
    expect(await changeFrom('10.66.0.1')).not.toContain('lokasi')
  })
})

describe('a change of credentials', () => {
  it('R38 gives the browser a new session token, and the old one ends', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    const old = client.cookies.get('session') ?? ''
    await client.send('/profile/password', 'Simpan kata sandi', {
      currentPassword: customer.password,
      newPassword: OTHER_PASSWORD,
    })
    expect(client.cookies.get('session')).not.toBe(old)
    expect((await client.open('/profile')).status).toBe(200)
    const thief = newClient()
    thief.cookies.set('session', old)
    expect((await thief.open('/profile')).location).toMatch(/^\/login/)
  })

  it('R39 notifies every address, for recovery addresses too', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    await walkRecovery(client, customer, 'phone', newPhone())
    await client.send('/profile/password', 'Simpan kata sandi', {
      currentPassword: customer.password,
      newPassword: OTHER_PASSWORD,
    })
    for (const kind of ['recovery_added', 'recovery_confirmed', 'password_changed'])
      for (const to of [customer.email, customer.phone]) await nextMessage(to, `notice.${kind}`)
  })
})

describe('data of a customer', () => {
  it('R52 is not changed by a form of another customer', async () => {
    const [owner, other] = [await insertCustomer(), await insertCustomer()]
    const [owns, others] = [await insertSession(owner), await insertSession(other)]
    const page = await walkToConfirmation(owns, owner, 'email', newEmail())
    expect(page.path).toBe('/profile/recovery/email/confirm')
    await others.press(page, 'Verifikasi', { code: '123456' })
    await others.press(await owns.open('/profile/recovery/email/remove'), 'Kirim kode')
    const waiting = `${slot.recovery_email} ${profile.waiting}`
    expect(textOf((await owns.open('/profile')).html)).toContain(waiting)
    expect(textOf((await others.open('/profile')).html)).not.toContain(waiting)
    for (const path of ['/profile/recovery/email/confirm', '/profile/recovery/email/remove'])
      expect((await others.follow(await others.open(path))).path).toBe('/profile')
  })

  it('R53 is not set by fields that the form lacks', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    const extra = {
      confirmedAt: '2020-01-01',
      verified: 'true',
      role: 'primary',
      userId: 'x',
      points: '9999',
      pointsCredited: '9999',
    }
    const page = await client.open('/profile/recovery/email')
    await client.press(page, 'Simpan', { ...extra, email: newEmail() })
    const text = textOf((await client.open('/profile')).html)
    expect(text).toContain(' 0 poin')
    expect(text).toContain(`${slot.recovery_email} ${profile.healthMissing}`)
  })

  it('R56 is masked, down to a local part of one character', async () => {
    const customer = await insertCustomer({ email: `y@${newPhone()}.example` })
    const { html } = await (await insertSession(customer)).open('/profile')
    expect(html).not.toContain(customer.email)
    expect(html).not.toContain(customer.phone.slice(1))
    expect(textOf(html)).toMatch(/•••@/)
  })
})
