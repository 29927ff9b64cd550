import { describe, expect, it } from 'vitest'
import { findSession } from '@/lib/accounts'
import { type AnyAddress, findPrimary, maskAddress } from '@/lib/addresses'
import { findChange } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import {
  callerOf,
  expectDone,
  forgetLimits,
  makeAccount,
  makeRecoverable,
  NOW,
  proveEmail,
  signIn,
} from '../support/accounts'
import { codesTo, kindsTo, newestCode, wrongCode } from '../support/outbox'
import {
  authorise,
  change,
  codeToNewAddress,
  complete,
  KINDS,
  request,
  sendCodeToNew,
  slotOf,
  tryLogIn,
  valuesOf,
} from './change-actions'

const noticesTo = async (address: AnyAddress) =>
  (await kindsTo(address)).filter((kind) => kind.startsWith('notice.'))

describe.each(KINDS)('a primary %s', (kind, newAddress) => {
  it('R19 is changed with the password, a code to the primary phone and a code to the new address', async () => {
    const [account, address] = [await makeAccount(), newAddress()]
    const old = account[kind]
    await expectDone(change(account, { address }))
    expect(await findPrimary(db(), address)).toMatchObject({
      userId: account.userId,
      confirmedAt: NOW,
    })
    expect(await findPrimary(db(), old)).toBeNull()
  })

  it('R19 is changed through the recovery addresses, and the primary phone receives only the notice', async () => {
    const [account, address] = [await makeRecoverable(), newAddress()]
    const before = await codesTo(account.phone)
    await expectDone(change(account, { address, proof: 'recovery' }, account.recovery))
    expect(await findPrimary(db(), address)).toMatchObject({ userId: account.userId })
    expect(await codesTo(account.phone)).toEqual(before)
  })

  it('R21 logs in until both codes are right, and the new one logs in afterwards', async () => {
    const [account, address] = [await makeAccount(), newAddress()]
    const [old, wanted] = [account[kind], { address }]
    await expectDone(request(account, wanted))
    expect(await tryLogIn(old)).toMatchObject({ ok: true })
    await expectDone(authorise(account, wanted, await newestCode(account.phone)))
    expect(await tryLogIn(old)).toMatchObject({ ok: true })
    await expectDone(sendCodeToNew(account, wanted))
    expect([await tryLogIn(old), await tryLogIn(address)]).toMatchObject([
      { ok: true },
      { ok: false },
    ])
    const code = await newestCode(address)
    expect(await complete(account, wanted, wrongCode(code))).toMatchObject(refuse('code_wrong'))
    expect(await tryLogIn(old)).toMatchObject({ ok: true })
    await expectDone(complete(account, wanted, code))
    expect(await tryLogIn(old)).toEqual(refuse('login_wrong'))
    expect(await tryLogIn(address)).toMatchObject({ ok: true })
  })

  it('R38 ends every session when it changes, and opens a new one for the caller', async () => {
    const [account, address] = [await makeAccount(), newAddress()]
    const { sessionSecret } = await signIn(account.userId)
    const opened = await expectDone(change(account, { address }))
    expect(await findSession(sessionSecret, NOW)).toBeNull()
    if (typeof opened === 'number') throw new Error('no session was opened')
    expect(await findSession(opened.sessionSecret, NOW)).toMatchObject({ userId: account.userId })
  })

  it('R39 notifies the old, the new and every other address, and the activity has both masks', async () => {
    const [account, address] = [await makeRecoverable(), newAddress()]
    await expectDone(change(account, { address }))
    const notice = `notice.${kind}_changed`
    for (const to of [account.phone, account.email, account.recovery, address])
      expect((await noticesTo(to)).filter((one) => one === notice)).toEqual([notice])
    const event = await db().securityEvent.findFirst({
      where: { userId: account.userId, type: `${kind}_changed` },
    })
    expect(event?.detail).toEqual({
      about: maskAddress(address),
      previous: maskAddress(account[kind]),
    })
  })

  it('R22 of another account is requested like a free one, and refused as taken only after its code', async () => {
    const [account, other, free] = [await makeAccount(), await makeAccount(), newAddress()]
    const wanted = { address: other[kind] }
    await proveEmail(other)
    const before = await valuesOf(account)
    const code = await codeToNewAddress(account, wanted)
    expect(await findChange(callerOf(account), slotOf(wanted))).toMatchObject({ step: 'confirm' })
    expect(await complete(account, wanted, wrongCode(code))).toMatchObject(refuse('code_wrong'))
    expect(await complete(account, wanted, code)).toEqual(refuse('taken'))
    expect(await valuesOf(account)).toEqual(before)
    expect(await findChange(callerOf(account), slotOf(wanted))).toBeNull()
    expect(await noticesTo(account.phone)).toEqual(['notice.registered'])
    expect(await complete(account, wanted, code)).toEqual(refuse('challenge_gone'))
    await forgetLimits()
    await expectDone(change(account, { address: free }))
  })
})
