import { describe, expect, it } from 'vitest'
import { findSecureLink } from '@/lib/activity'
import { type AnyAddress, maskAddress } from '@/lib/addresses'
import {
  findReverification,
  remindOwners,
  requestPrimaryChange,
  requestRecoveryAddress,
  requestRemoval,
  requestReverification,
  reverifyAddress,
} from '@/lib/contacts'
import { recordRecycled } from '@/lib/contacts/check-number'
import { requestErasure } from '@/lib/personal-data'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { findRestriction, findUnfreeze, requestSavedCode } from '@/lib/recovery'
import {
  type Account,
  addRecovery,
  atOnce,
  callerOf,
  expectDone,
  later,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
  newPhone,
  PASSWORD,
} from '../support/accounts'
import { codesTo, kindsTo, messagesTo, newestCode } from '../support/outbox'
import { begin as beginCase, send } from './care-word-actions'
import { begin, eventsOf, makeGuarded, newestLink, SEEN, stop } from './freeze-actions'
import { DUE, statesOf, YEAR } from './health-actions'
import { complete, passedReset, start } from './reset-actions'

const PHONE = { role: 'primary', kind: 'phone' } as const

const rowOf = ({ userId }: Account, role: 'primary' | 'recovery') =>
  db().address.findFirstOrThrow({ where: { userId, role, kind: 'phone', removedAt: null } })

/** Records that somebody else has a number of an account, as the worker does. */
async function recycle(account: Account, role: 'primary' | 'recovery' = 'primary', now = NOW) {
  const { id, userId, lastVerifiedAt } = await rowOf(account, role)
  return recordRecycled({ id, userId, verifiedAt: lastVerifiedAt ?? NOW }, now)
}

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

describe('the record of a recycled number', () => {
  it('is made once by twenty workers', async () => {
    const account = await makeRecoverable()
    const outcomes = await atOnce(20, () => recycle(account))
    expect(outcomes.filter(Boolean)).toHaveLength(1)
    expect((await eventsOf(account)).filter((type) => type === 'number_recycled')).toHaveLength(1)
  })

  it('is not made when the number was verified again meanwhile, or removed', async () => {
    const account = await makeRecoverable()
    const { id, userId } = await rowOf(account, 'primary')
    expect(await recordRecycled({ id, userId, verifiedAt: later(-1) }, NOW)).toBe(false)
    await db().address.update({ where: { id }, data: { removedAt: NOW } })
    expect(await recordRecycled({ id, userId, verifiedAt: NOW }, NOW)).toBe(false)
  })
})

describe('a signed-in customer who still has the number', () => {
  it('verifies it again with a code to it, and it works as before', async () => {
    const account = await makeRecoverable()
    await recycle(account)
    const caller = callerOf(account)
    expect(await findReverification(account.userId, PHONE, NOW)).toMatchObject({
      mask: maskAddress(account.phone),
      isRecycled: true,
    })
    await expectDone(requestReverification(caller, PHONE))
    expect(await reverifyAddress(caller, await newestCode(account.phone))).toEqual(done(0))
    expect((await eventsOf(account)).at(-1)).toBe('number_reclaimed')
    expect((await kindsTo(account.phone))[0]).toBe('notice.number_reclaimed')
    expect((await statesOf(account))[0]).toBe('ready')
    expect(await passedReset(account)).toEqual(expect.any(String))
    expect(await findReverification(account.userId, PHONE, NOW)).toBeNull()
  })

  it('needs no code for a primary number that is not recycled, also after a year', async () => {
    const account = await makeRecoverable()
    const caller = callerOf(account, later(2 * YEAR))
    expect(await requestReverification(caller, PHONE)).toEqual(refuse('nothing_to_reverify'))
  })

  it('gets no second reward for a recovery number', async () => {
    const account = await makeRecoverable(newPhone())
    await recycle(account, 'recovery')
    const slot = { role: 'recovery', kind: 'phone' } as const
    await expectDone(requestReverification(callerOf(account), slot))
    const code = await newestCode(account.recovery)
    expect(await reverifyAddress(callerOf(account), code)).toEqual(done(0))
  })
})
