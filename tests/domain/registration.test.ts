import { describe, expect, it } from 'vitest'
import { findRegistration, logIn, readProfile } from '@/lib/accounts'
import { type AnyAddress, findPrimary, formatAddress } from '@/lib/addresses'
import { db } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import {
  expectDone,
  later,
  MINUTE,
  makeAccount,
  NOW,
  newEmail,
  newOrigin,
  newPhone,
  PASSWORD,
} from '../support/accounts'
import { breakInserts } from '../support/gate'
import { codesTo, kindsTo, newestCode, wrongCode } from '../support/outbox'
import { finish, register, registered } from './registration-actions'

const countUsers = () => db().user.count()

describe('a registration', () => {
  it('creates an account with a confirmed number and an unconfirmed e-mail address', async () => {
    const { userId } = await registered({ name: 'Budi Santoso' })
    const { name, primaries, recoveries, points } = await readProfile(userId)
    expect({ name, recoveries, points }).toEqual({
      name: 'Budi Santoso',
      recoveries: [],
      points: 0,
    })
    const stated = Object.fromEntries(primaries.map(({ kind, confirmedAt }) => [kind, confirmedAt]))
    expect(stated).toEqual({ phone: NOW, email: null })
  })

  it('creates an account in the language of its browser', async () => {
    const { userId } = await registered({ locale: 'en' })
    const { locale } = await db().user.findUniqueOrThrow({ where: { id: userId } })
    expect(locale).toBe('en')
  })

  it('creates an account that logs in by its number, and not by its unconfirmed e-mail', async () => {
    const { email, phone } = await registered()
    const logInBy = ({ value }: AnyAddress) =>
      logIn({ identifier: value, password: PASSWORD, origin: newOrigin(), now: NOW })
    expect(await logInBy(phone)).toMatchObject({ ok: true })
    expect(await logInBy(email)).toEqual(refuse('login_wrong'))
  })

  it('that is begun again in the same browser calls the first code an older one', async () => {
    const phone = newPhone()
    const { secret } = await expectDone(register({ phone }))
    const older = await newestCode(phone)
    const second = await expectDone(register({ phone, secret, now: later(MINUTE) }))
    expect(await finish(second.secret, older, later(MINUTE))).toEqual(refuse('code_superseded'))
    expect(await finish(second.secret, await newestCode(phone), later(MINUTE))).toMatchObject({
      ok: true,
    })
  })

  it('notifies the number alone', async () => {
    const { email, phone } = await registered()
    expect(await kindsTo(email)).toEqual([])
    expect(await kindsTo(phone)).toEqual(['notice.registered', 'code.register'])
  })

  it('sends its code to the number only, and creates nothing before the code is right', async () => {
    const before = await countUsers()
    const [email, phone] = [newEmail(), newPhone()]
    const { secret } = await expectDone(register({ email, phone }))
    expect([await kindsTo(email), await kindsTo(phone)]).toEqual([[], ['code.register']])
    expect(await finish(secret, wrongCode(await newestCode(phone)))).toMatchObject(
      refuse('code_wrong'),
    )
    expect(await finish(secret, await newestCode(phone), later(10 * MINUTE))).toEqual(
      refuse('code_expired'),
    )
    expect(await countUsers()).toBe(before)
  })

  it('shows its browser again what was typed, until it is complete', async () => {
    const [email, phone] = [newEmail(), newPhone()]
    const { secret } = await expectDone(register({ name: 'Sri Wahyuni', email, phone }))
    const begun = await findRegistration(secret, NOW)
    const typed = { name: 'Sri Wahyuni', email: email.value, phone: formatAddress(phone) }
    expect(begun?.typed).toEqual(typed)
    expect(begun?.view).toMatchObject({ secondsToExpiry: 600, isExhausted: false })
    expect(await findRegistration(`${secret}x`, NOW)).toBeUndefined()
    await expectDone(finish(secret, await newestCode(phone)))
    expect(await findRegistration(secret, NOW)).toBeUndefined()
  })

  it('completes once with its code', async () => {
    const { secret, phone } = await registered()
    const before = await countUsers()
    const [code = ''] = await codesTo(phone)
    expect(await finish(secret, code)).toEqual(refuse('challenge_gone'))
    expect(await countUsers()).toBe(before)
  })

  it('changes nothing when the database fails, and succeeds when repeated', async () => {
    const phone = newPhone()
    const { secret } = await expectDone(register({ phone }))
    const [before, code] = [await countUsers(), await newestCode(phone)]
    const mend = await breakInserts('Message')
    await expect(finish(secret, code)).rejects.toThrow('inserts into Message fail')
    await mend()
    expect([await countUsers(), await findPrimary(db(), phone)]).toEqual([before, null])
    expect(await finish(secret, code)).toMatchObject({ ok: true })
  })

  it('stores a name with normalised spaces and without control characters', async () => {
    const { userId } = await registered({ name: '  Budi\u0000\n  Santoso\u200b ' })
    expect((await readProfile(userId)).name).toBe('Budi Santoso')
  })

  it('refuses a name that is missing or longer than a hundred characters', async () => {
    expect(await register({ name: ' \u200b ' })).toEqual(refuse('name_missing'))
    expect(await register({ name: '😀'.repeat(101) })).toEqual(refuse('name_too_long'))
    expect(await register({ name: '😀'.repeat(100) })).toMatchObject({ ok: true })
  })

  it('refuses a weak password with its reason, and sends and counts nothing', async () => {
    const [email, phone] = [newEmail(), newPhone()]
    for (const password of [
      'password1',
      'rahasia1',
      'password1',
      'qwertyuiop',
      '12345678',
      'sayang123',
    ])
      expect(await register({ phone, password })).toEqual(refuse('password_common'))
    expect(await register({ phone, name: 'Bambang Pamungkas', password: 'pamungkas' })).toEqual(
      refuse('password_context'),
    )
    for (const password of [email.value, phone.value])
      expect(await register({ phone, email, password })).toEqual(refuse('password_context'))
    expect(await kindsTo(phone)).toEqual([])
    expect(await register({ phone })).toMatchObject({ ok: true })
  })
})

describe('R52 an account', () => {
  it('is unchanged by a registration with its addresses', async () => {
    const account = await makeAccount()
    const before = await db().user.findUniqueOrThrow({ where: { id: account.userId } })
    await register({
      email: account.email,
      phone: account.phone,
      name: 'Pencuri',
      password: 'sandi lain yang panjang',
    })
    expect(await db().user.findUniqueOrThrow({ where: { id: account.userId } })).toEqual(before)
  })
})
