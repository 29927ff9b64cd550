import { describe, expect, it } from 'vitest'
import { findChange, findSession, openSession, readChangeOffer, readProfile } from '@/lib/account'
import { type AnyAddress, findPrimary, listAddresses, maskAddress } from '@/lib/address'
import { resendCode } from '@/lib/challenge'
import { db } from '@/lib/db'
import { listEntries } from '@/lib/points'
import { refuse } from '@/lib/result'
import {
  type Account,
  addRecovery,
  callerOf,
  email,
  expectDone,
  forgetLimits,
  later,
  MINUTE,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
  newOrigin,
  newPhone,
} from '../support/accounts'
import { codesTo, kindsTo, messagesTo, newestCode, wrongCode } from '../support/outbox'
import { asked, askNew, change, complete, enter, prove, proven, request, slotOf } from './change-actions'

const KINDS = [
  ['phone', newPhone],
  ['email', newEmail],
] as const

const valuesOf = async ({ userId }: Account) =>
  (await listAddresses(db(), userId)).map(({ role, address }) => [role, address.value])
const noticesTo = async (address: AnyAddress) => (await kindsTo(address)).filter((kind) => kind.startsWith('notice.'))

describe.each(KINDS)('a primary %s', (kind, newAddress) => {
  it('R19 is changed by the password, a code to the primary phone and a code to the new address', async () => {
    const [account, address] = [await makeAccount(), newAddress()]
    const old = account[kind]
    await expectDone(change(account, { address }))
    expect(await findPrimary(db(), address)).toMatchObject({ userId: account.userId, confirmedAt: NOW })
    expect(await findPrimary(db(), old)).toBeNull()
  })

  it('R19 is changed through the recovery accounts where the primary phone is lost: it is sent nothing but the notice', async () => {
    const [account, address] = [await makeRecoverable(), newAddress()]
    const before = await codesTo(account.phone)
    await expectDone(change(account, { address, proof: 'recovery' }, account.recovery))
    expect(await findPrimary(db(), address)).toMatchObject({ userId: account.userId })
    expect(await codesTo(account.phone)).toEqual(before)
  })

  it('R21 logs in until both codes are in, and never after; the new one then does', async () => {
    const [account, address] = [await makeAccount(), newAddress()]
    const [old, wanted] = [account[kind], { address }]
    await expectDone(request(account, wanted))
    expect(await enter(old)).toMatchObject({ ok: true })
    await expectDone(prove(account, wanted, await newestCode(account.phone)))
    expect(await enter(old)).toMatchObject({ ok: true })
    await expectDone(askNew(account, wanted))
    expect([await enter(old), await enter(address)]).toMatchObject([{ ok: true }, { ok: false }])
    const code = await newestCode(address)
    expect(await complete(account, wanted, wrongCode(code))).toEqual(refuse('code_wrong'))
    expect(await enter(old)).toMatchObject({ ok: true })
    await expectDone(complete(account, wanted, code))
    expect(await enter(old)).toEqual(refuse('login_wrong'))
    expect(await enter(address)).toMatchObject({ ok: true })
  })

  it('R38 ends every session when it is changed, and gives the caller a new one', async () => {
    const [account, address] = [await makeAccount(), newAddress()]
    const { sessionSecret } = await openSession(db(), account.userId, 1, newOrigin(), NOW)
    const opened = await expectDone(change(account, { address }))
    expect(await findSession(sessionSecret, NOW)).toBeNull()
    if (typeof opened === 'number') throw new Error('no session was opened')
    expect(await findSession(opened.sessionSecret, NOW)).toMatchObject({ userId: account.userId })
  })

  it('R39 tells the old, the new and every other address, with both masks in the activity', async () => {
    const [account, address] = [await makeRecoverable(), newAddress()]
    await expectDone(change(account, { address }))
    const notice = `notice.${kind}_changed`
    for (const to of [account.phone, account.email, account.recovery, address])
      expect((await noticesTo(to)).filter((one) => one === notice)).toEqual([notice])
    const event = await db().securityEvent.findFirst({ where: { userId: account.userId, type: `${kind}_changed` } })
    expect(event?.detail).toEqual({ about: maskAddress(address), previous: maskAddress(account[kind]) })
  })

  it('R22 that another account has is asked for like a free one, and told to be taken only after its code', async () => {
    const [account, other, free] = [await makeAccount(), await makeAccount(), newAddress()]
    const wanted = { address: other[kind] }
    const before = await valuesOf(account)
    const code = await asked(account, wanted)
    expect(await findChange(callerOf(account), slotOf(wanted))).toMatchObject({ step: 'confirm' })
    expect(await complete(account, wanted, wrongCode(code))).toEqual(refuse('code_wrong'))
    expect(await complete(account, wanted, code)).toEqual(refuse('taken'))
    expect(await valuesOf(account)).toEqual(before)
    expect(await findChange(callerOf(account), slotOf(wanted))).toBeNull()
    expect(await noticesTo(account.phone)).toEqual(['notice.registered'])
    expect(await complete(account, wanted, code)).toEqual(refuse('challenge_gone'))
    await forgetLimits()
    await expectDone(change(account, { address: free }))
  })
})

describe('a change of a primary address', () => {
  it('R20 asks for the current password, and counts the tries', async () => {
    const [account, address] = [await makeAccount(), newPhone()]
    for (let nth = 1; nth <= 10; nth++)
      expect(await request(account, { address, password: 'not the password' })).toEqual(refuse('password_wrong'))
    expect(await request(account, { address })).toMatchObject({ refusal: 'password_throttled' })
    expect(await kindsTo(account.phone)).toEqual(['notice.registered'])
  })

  it('refuses the present address in every notation, and a recovery account', async () => {
    const account = await makeRecoverable(email('kakak.dewi@gmail.com'))
    const own = await makeAccount({ email: email('dewi.ayu@gmail.com') })
    expect(await request(own, { address: email('dewiayu+toko@googlemail.com') })).toEqual(refuse('same_as_current'))
    expect(await request(account, { address: account.phone })).toEqual(refuse('same_as_current'))
    expect(await request(account, { address: email('kakakdewi+1@gmail.com') })).toEqual(refuse('own_recovery'))
  })

  it('refuses an address that became a recovery account in the meantime, and leaves the old one in its place', async () => {
    const [account, address] = [await makeAccount(), newEmail()]
    const code = await asked(account, { address })
    await addRecovery(account, address)
    expect(await complete(account, { address }, code)).toEqual(refuse('own_recovery'))
    expect(await valuesOf(account)).toContainEqual(['primary', account.email.value])
  })

  it('refuses the recovery accounts as proof where none is confirmed', async () => {
    const account = await makeAccount()
    expect(await readChangeOffer(account.userId, { role: 'primary', kind: 'phone' })).toMatchObject({ recoveries: [] })
    expect(await request(account, { address: newPhone(), proof: 'recovery' })).toEqual(refuse('no_recovery'))
  })

  it('sends every confirmed recovery account the code, and none that waits', async () => {
    const [account, second] = [await makeRecoverable(), newPhone()]
    await addRecovery(account, second)
    await expectDone(request(account, { address: newPhone(), proof: 'recovery' }))
    expect(await newestCode(second)).toBe(await newestCode(account.recovery))
    expect((await kindsTo(account.recovery))[0]).toBe('code.change_phone')
  })

  it('asks again at once when the other proof is chosen: the code follows the choice', async () => {
    const [account, address] = [await makeRecoverable(), newPhone()]
    await expectDone(request(account, { address }))
    await expectDone(request(account, { address, proof: 'recovery' }))
    const [stale, code] = [await newestCode(account.phone), await newestCode(account.recovery)]
    if (stale !== code) expect(await prove(account, { address }, stale)).toEqual(refuse('code_wrong'))
    await expectDone(prove(account, { address }, code))
  })

  it('R58 sends the new address nothing before it is shown who asks', async () => {
    const [account, address] = [await makeAccount(), newPhone()]
    await expectDone(request(account, { address }))
    expect(await askNew(account, { address })).toEqual(refuse('challenge_gone'))
    expect(await kindsTo(address)).toEqual([])
  })

  it('R49 is taken up at the step where it stands, and has none once it is done', async () => {
    const [account, wanted] = [await makeAccount(), { address: newPhone() }]
    const step = async () => (await findChange(callerOf(account), slotOf(wanted)))?.step
    expect(await step()).toBeUndefined()
    await expectDone(request(account, wanted))
    expect(await step()).toBe('authorise')
    await expectDone(prove(account, wanted, await newestCode(account.phone)))
    expect(await step()).toBe('review')
    await expectDone(askNew(account, wanted))
    expect(await step()).toBe('confirm')
    await expectDone(complete(account, wanted, await newestCode(wanted.address)))
    expect(await step()).toBeUndefined()
    expect(await complete(account, wanted, await newestCode(wanted.address))).toEqual(refuse('challenge_gone'))
  })

  it('begun anew for another address gives the code of the first one no power', async () => {
    const [account, first, meant] = [await makeAccount(), newPhone(), newPhone()]
    const code = await asked(account, { address: first })
    await proven(account, { address: meant })
    expect(await findChange(callerOf(account), slotOf({ address: meant }))).toMatchObject({ step: 'review' })
    expect(await complete(account, { address: meant }, code)).toEqual(refuse('challenge_gone'))
    expect(await findPrimary(db(), account.phone)).not.toBeNull()
  })

  it('R28 has a quarter of an hour after the proof', async () => {
    const [account, wanted] = [await makeAccount(), { address: newPhone() }]
    const code = await asked(account, wanted)
    expect(await complete(account, wanted, code, later(15 * MINUTE))).toEqual(refuse('code_expired'))
    await expectDone(resendCode({ userId: account.userId }, 'confirm_phone', newOrigin(), later(14 * MINUTE)))
    expect(await complete(account, wanted, await newestCode(wanted.address), later(16 * MINUTE))).toEqual(
      refuse('challenge_gone'),
    )
    expect(await findPrimary(db(), account.phone)).not.toBeNull()
  })

  it('of the phone and of the e-mail go side by side; the first that is made closes the other', async () => {
    const account = await makeAccount()
    const [number, mail] = [{ address: newPhone() }, { address: newEmail() }]
    const [ofNumber, ofMail] = [await asked(account, number), await asked(account, mail)]
    await expectDone(complete(account, number, ofNumber))
    expect(await complete(account, mail, ofMail)).toEqual(refuse('challenge_gone'))
  })

  it('R25 counts the codes to the new address by that address, resends included', async () => {
    const address = newPhone()
    const [account, other] = [await makeAccount(), await makeAccount()]
    await asked(account, { address })
    const resend = (minutes: number) =>
      resendCode({ userId: account.userId }, 'confirm_phone', newOrigin(), later(minutes * MINUTE))
    for (const minutes of [1, 2, 3, 4]) await expectDone(resend(minutes))
    await proven(other, { address })
    expect(await askNew(other, { address })).toMatchObject({ refusal: 'send_throttled' })
  })
})

describe.each(KINDS)('a recovery account (%s)', (kind, newAddress) => {
  const replacement = () => ({ address: newAddress(), role: 'recovery' as const })

  it('is replaced by a code to the primary phone and a code to the new one, and works until then', async () => {
    const [account, wanted] = [await makeRecoverable(newAddress()), replacement()]
    const code = await asked(account, wanted)
    expect(await valuesOf(account)).toContainEqual(['recovery', account.recovery.value])
    await expectDone(complete(account, wanted, code))
    expect((await readProfile(account.userId)).recoveries).toMatchObject([
      { kind, mask: maskAddress(wanted.address), confirmedAt: NOW },
    ])
  })

  it('is replaced through the other one, and is itself no proof', async () => {
    const [account, wanted] = [await makeRecoverable(newAddress()), { ...replacement(), proof: 'recovery' as const }]
    expect(await request(account, wanted)).toEqual(refuse('no_recovery'))
    const other = kind === 'email' ? newPhone() : newEmail()
    await addRecovery(account, other)
    const before = await codesTo(account.recovery)
    await expectDone(change(account, wanted, other))
    expect(await codesTo(account.recovery)).toEqual(before)
    expect(await valuesOf(account)).toContainEqual(['recovery', wanted.address.value])
  })

  it('R39 is told of it, like the new one and the primaries; sessions stay', async () => {
    const [account, wanted] = [await makeRecoverable(newAddress()), replacement()]
    const { sessionSecret } = await openSession(db(), account.userId, 1, newOrigin(), NOW)
    await expectDone(change(account, wanted))
    for (const to of [account.recovery, wanted.address, account.email, account.phone])
      expect((await messagesTo(to))[0]).toMatchObject({ kind: 'notice.recovery_replaced' })
    expect(await findSession(sessionSecret, NOW)).not.toBeNull()
  })

  it('R51 earns the points once, whatever takes its place', async () => {
    const [account, wanted] = [await makeRecoverable(newAddress()), replacement()]
    expect(await change(account, wanted)).toEqual({ ok: true, value: 0 })
    expect(await listEntries(account.userId)).toHaveLength(1)
  })

  it('R16 is not replaced by a primary, nor by itself', async () => {
    const account = await makeRecoverable(newAddress())
    const role = 'recovery' as const
    expect(await request(account, { address: account[kind], role })).toEqual(refuse('same_as_primary'))
    expect(await request(account, { address: account.recovery, role })).toEqual(refuse('same_as_current'))
  })

  it('that is not there is not replaced', async () => {
    expect(await request(await makeAccount(), replacement())).toEqual(refuse('challenge_gone'))
  })
})
