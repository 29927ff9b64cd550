import { describe, expect, it } from 'vitest'
import { findPrimary } from '@/lib/addresses'
import { resendCode } from '@/lib/challenges'
import { confirmRecoveryAddress, findChange, readChangeOffer } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import {
  addRecovery,
  callerOf,
  email,
  expectDone,
  later,
  MINUTE,
  makeAccount,
  makeRecoverable,
  newEmail,
  newOrigin,
  newPhone,
  saveRecovery,
} from '../support/accounts'
import { kindsTo, newestCode } from '../support/outbox'
import {
  authorise,
  authorised,
  codeToNewAddress,
  complete,
  request,
  sendCodeToNew,
  slotOf,
  valuesOf,
} from './change-actions'

describe('a change of a primary address', () => {
  it('R20 requires the current password, and counts the tries', async () => {
    const [account, address] = [await makeAccount(), newPhone()]
    for (let index = 1; index <= 10; index++)
      expect(await request(account, { address, password: 'not the password' })).toEqual(
        refuse('password_wrong'),
      )
    expect(await request(account, { address })).toMatchObject({ refusal: 'password_throttled' })
    expect(await kindsTo(account.phone)).toEqual(['notice.registered'])
  })

  it('refuses the present address in every notation, and a recovery address', async () => {
    const account = await makeRecoverable(email('kakak.dewi@gmail.com'))
    const own = await makeAccount({ email: email('dewi.ayu@gmail.com') })
    expect(await request(own, { address: email('dewiayu+toko@googlemail.com') })).toEqual(
      refuse('same_as_current'),
    )
    expect(await request(account, { address: account.phone })).toEqual(refuse('same_as_current'))
    expect(await request(account, { address: email('kakakdewi+1@gmail.com') })).toEqual(
      refuse('own_recovery'),
    )
  })

  it('refuses an address that has become a recovery address, and keeps the old one', async () => {
    const [account, address] = [await makeAccount(), newEmail()]
    const code = await codeToNewAddress(account, { address })
    await addRecovery(account, address)
    expect(await complete(account, { address }, code)).toEqual(refuse('own_recovery'))
    expect(await valuesOf(account)).toContainEqual(['primary', account.email.value])
  })

  it('refuses verification by the recovery addresses when none is confirmed', async () => {
    const account = await makeAccount()
    expect(await readChangeOffer(account.userId, { role: 'primary', kind: 'phone' })).toMatchObject(
      { recoveries: [] },
    )
    expect(await request(account, { address: newPhone(), proof: 'recovery' })).toEqual(
      refuse('no_recovery'),
    )
  })

  it('sends the code to every confirmed recovery address and to no other', async () => {
    const [account, second] = [await makeRecoverable(), newPhone()]
    await saveRecovery(account, second)
    const confirmation = await newestCode(second)
    await expectDone(request(account, { address: newPhone(), proof: 'recovery' }))
    expect((await kindsTo(account.recovery))[0]).toBe('code.change_phone')
    expect(await kindsTo(second)).toEqual(['code.confirm_recovery'])
    await expectDone(confirmRecoveryAddress(callerOf(account), confirmation))
    await expectDone(request(account, { address: newPhone(), proof: 'recovery' }))
    expect(await newestCode(second)).toBe(await newestCode(account.recovery))
  })

  it('sends another code at once when the other verification method is chosen', async () => {
    const [account, address] = [await makeRecoverable(), newPhone()]
    await expectDone(request(account, { address }))
    await expectDone(request(account, { address, proof: 'recovery' }))
    const [stale, code] = [await newestCode(account.phone), await newestCode(account.recovery)]
    if (stale !== code)
      expect(await authorise(account, { address }, stale)).toMatchObject(refuse('code_wrong'))
    await expectDone(authorise(account, { address }, code))
  })

  it('R58 sends the new address nothing before the change is authorised', async () => {
    const [account, address] = [await makeAccount(), newPhone()]
    await expectDone(request(account, { address }))
    expect(await sendCodeToNew(account, { address })).toEqual(refuse('challenge_gone'))
    expect(await kindsTo(address)).toEqual([])
  })

  it('R49 resumes at its step, and has no step once it is complete', async () => {
    const [account, wanted] = [await makeAccount(), { address: newPhone() }]
    const step = async () => (await findChange(callerOf(account), slotOf(wanted)))?.step
    expect(await step()).toBeUndefined()
    await expectDone(request(account, wanted))
    expect(await step()).toBe('authorise')
    await expectDone(authorise(account, wanted, await newestCode(account.phone)))
    expect(await step()).toBe('review')
    await expectDone(sendCodeToNew(account, wanted))
    expect(await step()).toBe('confirm')
    await expectDone(complete(account, wanted, await newestCode(wanted.address)))
    expect(await step()).toBeUndefined()
    expect(await complete(account, wanted, await newestCode(wanted.address))).toEqual(
      refuse('challenge_gone'),
    )
  })

  it('for another address makes the code of the first one wrong', async () => {
    const [account, first, meant] = [await makeAccount(), newPhone(), newPhone()]
    const code = await codeToNewAddress(account, { address: first })
    await authorised(account, { address: meant })
    expect(await findChange(callerOf(account), slotOf({ address: meant }))).toMatchObject({
      step: 'review',
    })
    expect(await complete(account, { address: meant }, code)).toEqual(refuse('challenge_gone'))
    expect(await findPrimary(db(), account.phone)).not.toBeNull()
  })

  it('R28 lasts 15 minutes after the authorisation', async () => {
    const [account, wanted] = [await makeAccount(), { address: newPhone() }]
    const code = await codeToNewAddress(account, wanted)
    expect(await complete(account, wanted, code, later(15 * MINUTE))).toEqual(
      refuse('code_expired'),
    )
    await expectDone(
      resendCode({ userId: account.userId }, 'confirm_phone', newOrigin(), later(14 * MINUTE)),
    )
    expect(
      await complete(account, wanted, await newestCode(wanted.address), later(16 * MINUTE)),
    ).toEqual(refuse('challenge_gone'))
    expect(await findPrimary(db(), account.phone)).not.toBeNull()
  })

  it('of the phone and of the e-mail can be open together, and the first to complete closes the other', async () => {
    const account = await makeAccount()
    const [number, mail] = [{ address: newPhone() }, { address: newEmail() }]
    const [ofNumber, ofMail] = [
      await codeToNewAddress(account, number),
      await codeToNewAddress(account, mail),
    ]
    await expectDone(complete(account, number, ofNumber))
    expect(await complete(account, mail, ofMail)).toEqual(refuse('challenge_gone'))
  })

  it('R25 counts the codes to the new address, resends included', async () => {
    const address = newPhone()
    const [account, other] = [await makeAccount(), await makeAccount()]
    await codeToNewAddress(account, { address })
    const resend = (minutes: number) =>
      resendCode({ userId: account.userId }, 'confirm_phone', newOrigin(), later(minutes * MINUTE))
    for (const minutes of [1, 2, 3, 4]) await expectDone(resend(minutes))
    await authorised(other, { address })
    // The first code of another customer goes there all the same.
    await expectDone(sendCodeToNew(other, { address }))
    const again = resendCode({ userId: other.userId }, 'confirm_phone', newOrigin(), later(MINUTE))
    expect(await again).toMatchObject({ refusal: 'send_throttled' })
  })
})
