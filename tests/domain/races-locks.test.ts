import { describe, expect, it } from 'vitest'
import { changePassword } from '@/lib/accounts'
import { removeRecoveryAddress, requestRemoval } from '@/lib/contacts'
import {
  callerOf,
  countOutcomes,
  expectDone,
  makeAccount,
  makeRecoverable,
  NOW,
  newOrigin,
  OTHER_PASSWORD,
  PASSWORD,
} from '../support/accounts'
import { holdUser } from '../support/gate'
import { codesTo, newestCode } from '../support/outbox'
import { complete, passedReset, start } from './reset-actions'

describe('concurrent closings of the challenges of one account do not deadlock:', () => {
  it('one of two resets sets its password', async () => {
    const account = await makeAccount()
    const secrets = [await passedReset(account), await passedReset(account)]
    const gate = await holdUser(account.userId)
    const resets = Promise.all(secrets.map((secret) => complete(secret)))
    await gate.crowd(2)
    await gate.open()
    expect(countOutcomes(await resets)).toEqual({ done: 1, challenge_gone: 1 })
  })

  it('one of a reset and a password change sets its password', async () => {
    const account = await makeAccount()
    const secret = await passedReset(account)
    const gate = await holdUser(account.userId)
    const change = {
      userId: account.userId,
      current: PASSWORD,
      next: 'enam kucing di atap rumah',
      origin: newOrigin(),
      now: NOW,
    }
    const both = Promise.all([complete(secret, OTHER_PASSWORD), changePassword(change)])
    await gate.crowd(2)
    await gate.open()
    expect((await both).filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('a reset and the removal of a recovery address succeed in either order', async () => {
    const account = await makeRecoverable()
    const secret = await passedReset(account)
    await expectDone(requestRemoval(callerOf(account), 'email'))
    const code = await newestCode(account.phone)
    const gate = await holdUser(account.userId)
    const both = Promise.all([complete(secret), removeRecoveryAddress(callerOf(account), code)])
    await gate.crowd(2)
    await gate.open()
    expect((await both).some(({ ok }) => ok)).toBe(true)
  })

  it('a reset that begins while its recovery address is being removed sends that address nothing', async () => {
    const account = await makeRecoverable()
    await expectDone(requestRemoval(callerOf(account), 'email'))
    const code = await newestCode(account.phone)
    const before = await codesTo(account.recovery)
    const gate = await holdUser(account.userId)
    const removal = removeRecoveryAddress(callerOf(account), code)
    await gate.crowd(1)
    const begun = start(account.email, 'recovery')
    await gate.crowd(2)
    await gate.open()
    expect([(await removal).ok, (await begun).ok]).toEqual([true, true])
    expect(await codesTo(account.recovery)).toEqual(before)
  })
})
