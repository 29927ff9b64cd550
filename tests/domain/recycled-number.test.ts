import { describe, expect, it } from 'vitest'
import { findSecureLink } from '@/lib/activity'
import { type AnyAddress, maskAddress } from '@/lib/addresses'
import {
  remindOwners,
  requestPrimaryChange,
  requestRecoveryAddress,
  requestRemoval,
} from '@/lib/contacts'
import { requestErasure } from '@/lib/personal-data'
import { tellAffected } from '@/lib/personal-data/incident'
import { done, refuse } from '@/lib/platform/result'
import { findRestriction, findUnfreeze, passReset, requestSavedCode } from '@/lib/recovery'
import {
  addRecovery,
  callerOf,
  expectDone,
  later,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
  newOrigin,
  newPhone,
  PASSWORD,
} from '../support/accounts'
import { codesTo, kindsTo, messagesTo, newestCode } from '../support/outbox'
import { begin as beginCase, send } from './care-word-actions'
import {
  begin,
  eventsOf,
  makeGuarded,
  newestLink,
  replaceSlot,
  SEEN,
  stop,
  complete as unfreeze,
  verifyAddress,
} from './freeze-actions'
import { DUE, statesOf } from './health-actions'
import { recycle, rowOf } from './recycled-actions'
import { complete, passedReset, start } from './reset-actions'

const _PHONE = { role: 'primary', kind: 'phone' } as const

const codesOf = async (address: AnyAddress) => (await codesTo(address)).length

describe('R80 a number that was given to somebody else', () => {
  it('is told to the other addresses and not to the number', async () => {
    const account = await makeRecoverable()
    expect(await recycle(account)).toBe(true)
    const [notice] = await messagesTo(account.recovery)
    expect(notice).toMatchObject({
      kind: 'notice.number_recycled',
      content: { address: maskAddress(account.phone) },
    })
    expect(await kindsTo(account.phone)).not.toContain('notice.number_recycled')
    expect((await eventsOf(account)).at(-1)).toBe('number_recycled')
  })

  it('receives no code of a reset, whose screen is the same', async () => {
    const account = await makeRecoverable()
    await recycle(account)
    const before = await codesOf(account.phone)
    expect(await start(account.email, 'primary_phone')).toMatchObject({ ok: true })
    expect(await codesOf(account.phone)).toBe(before)
  })

  it('loses the links that were sent to it', async () => {
    const account = await makeRecoverable()
    const link = await newestLink(account.phone)
    expect(await findSecureLink(link, NOW)).not.toBeNull()
    await recycle(account)
    expect(await findSecureLink(link, NOW)).toBeNull()
  })

  it('permits no new password by a code that it got before', async () => {
    const account = await makeRecoverable()
    const passed = await passedReset(account)
    await recycle(account)
    expect(await complete(passed)).toEqual(refuse('challenge_gone'))
    const [other] = [await makeRecoverable()]
    const { secret } = await expectDone(start(other.email, 'primary_phone'))
    await recycle(other)
    const entered = passReset(secret, await newestCode(other.phone), newOrigin(), NOW)
    const late = await expectDone(entered)
    expect(await complete(late.secret)).toEqual(refuse('challenge_gone'))
  })

  it('stays recycled when an undo puts it back', async () => {
    const account = await makeGuarded()
    await recycle(account, 'recovery')
    await replaceSlot(account, 'recovery_phone', newPhone())
    await stop(account)
    const secret = await begin(account)
    await verifyAddress(secret, 'unfreeze_first', 'primary_phone', account.phone)
    await verifyAddress(secret, 'unfreeze_second', 'recovery_email', account.recoveryEmail)
    await expectDone(unfreeze(secret, { recovery_phone: 'undo' }))
    expect(await rowOf(account, 'recovery')).toMatchObject({ recycledAt: NOW })
  })

  it('is not told of an incident', async () => {
    const account = await makeRecoverable()
    await recycle(account)
    const words = { what: 'x', advice: 'y' }
    const incident = { name: 'uji', at: NOW.toISOString(), id: words, en: words }
    expect(await tellAffected(account.userId, incident, NOW)).toBe('told')
    expect(await kindsTo(account.phone)).not.toContain('incident')
    expect(await kindsTo(account.recovery)).toContain('incident')
  })

  it('receives no further notices', async () => {
    const account = await makeRecoverable()
    await recycle(account)
    const before = (await kindsTo(account.phone)).length
    await expectDone(complete(await passedReset(account, 'recovery', account.recovery)))
    expect((await kindsTo(account.phone)).length).toBe(before)
  })

  it('does not help to unfreeze: without another proof, customer care has to', async () => {
    const account = await makeAccount()
    await addRecovery(account, newEmail())
    await stop(account)
    const secret = await begin(account)
    expect(await findUnfreeze(secret, SEEN)).toMatchObject({ step: 'first' })
    await recycle(account)
    expect(await findUnfreeze(secret, SEEN)).toMatchObject({ step: 'stuck' })
  })

  it('does not lift a restriction', async () => {
    const account = await makeGuarded()
    const reset = await passedReset(account, 'recovery', account.recoveryEmail)
    await recycle(account)
    await expectDone(complete(reset))
    expect(await findRestriction(account.userId, later(1))).toMatchObject({ lifters: [] })
  })

  it('receives no word of customer care', async () => {
    const begun = await beginCase()
    await recycle(begun.account)
    expect(await send(begun, 'primary_phone')).toEqual(refuse('address_unknown'))
    expect(await send(begun, 'recovery_phone')).toMatchObject({ ok: true })
  })

  it('authorises nothing for a signed-in customer, who is told why', async () => {
    const account = await makeRecoverable()
    await recycle(account)
    const caller = callerOf(account)
    const refusal = refuse('number_recycled')
    expect(await requestRecoveryAddress(caller, newPhone())).toEqual(refusal)
    expect(await requestRemoval(caller, 'email')).toEqual(refusal)
    expect(await requestSavedCode(caller, PASSWORD)).toEqual(refusal)
    const change = { address: newPhone(), password: PASSWORD } as const
    const byPhone = { ...change, proof: 'primary_phone' } as const
    expect(await requestPrimaryChange(caller, byPhone)).toEqual(refusal)
    const erasure = { password: PASSWORD, proof: 'primary_phone' } as const
    expect(await requestErasure(caller, erasure)).toEqual(refusal)
    const byRecovery = { ...change, proof: 'recovery' } as const
    expect(await requestPrimaryChange(caller, byRecovery)).toEqual(done())
  })

  it('is shown in the profile, and is no way back in', async () => {
    const account = await makeGuarded()
    await recycle(account)
    await recycle(account, 'recovery')
    expect(await statesOf(account)).toEqual(['recycled', 'ready', 'recycled', 'unconfirmed'])
  })

  it('gets no yearly reminder', async () => {
    const account = await makeRecoverable(newPhone())
    await recycle(account, 'recovery')
    await remindOwners(DUE)
    expect(await kindsTo(account.phone)).not.toContain('reminder')
    expect(await kindsTo(account.email)).not.toContain('reminder')
  })
})
