import { describe, expect, it } from 'vitest'
import { readProfile } from '@/lib/accounts'
import {
  confirmRecoveryAddress,
  removeRecoveryAddress,
  requestConfirmation,
  requestRemoval,
} from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { passReset } from '@/lib/recovery'
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
  saveRecovery,
} from '../support/accounts'
import { codesTo, kindsTo, messagesTo, newestCode, wrongCode } from '../support/outbox'
import { complete, passedReset, start } from './reset-actions'

async function remove(account: Account, kind: 'email' | 'phone' = 'email') {
  await expectDone(requestRemoval(callerOf(account), kind))
  return removeRecoveryAddress(callerOf(account), await newestCode(account.phone))
}

describe('a recovery address is removed', () => {
  it('only with the code to the primary phone', async () => {
    const account = await makeRecoverable()
    await expectDone(requestRemoval(callerOf(account), 'email'))
    const code = await newestCode(account.phone)
    expect(await removeRecoveryAddress(callerOf(account), wrongCode(code))).toMatchObject(
      refuse('code_wrong'),
    )
    expect((await readProfile(account.userId)).recoveries).toHaveLength(1)
    expect(await removeRecoveryAddress(callerOf(account), code)).toEqual(done())
    expect((await readProfile(account.userId)).recoveries).toEqual([])
  })

  it('while one of the other kind stays', async () => {
    const account = await makeRecoverable()
    await addRecovery(account, newPhone())
    await expectDone(remove(account))
    expect((await readProfile(account.userId)).recoveries).toMatchObject([{ kind: 'phone' }])
  })

  it('R39 with a notification to it and to every other address', async () => {
    const account = await makeRecoverable(email('kakak@example.com'))
    await expectDone(remove(account))
    for (const address of [account.email, account.phone, account.recovery]) {
      const [notice] = await messagesTo(address)
      expect(notice).toMatchObject({
        kind: 'notice.recovery_removed',
        content: { address: 'k•••@example.com' },
      })
    }
  })

  it('without a notification when it is unconfirmed', async () => {
    const [account, address] = [await makeAccount(), newEmail()]
    await saveRecovery(account, address)
    await expectDone(remove(account))
    expect(await kindsTo(address)).toEqual(['code.confirm_recovery'])
  })

  it('and receives no code of a reset, and an earlier code is refused', async () => {
    const account = await makeRecoverable()
    const { secret } = await expectDone(start(account.email, 'recovery'))
    const code = await newestCode(account.recovery)
    await expectDone(remove(account))
    expect(await passReset(secret, code, newOrigin(), NOW)).toEqual(refuse('challenge_gone'))
    const before = await codesTo(account.recovery)
    await expectDone(start(account.email, 'recovery'))
    expect(await codesTo(account.recovery)).toEqual(before)
  })

  it('and a reset that it passed ends', async () => {
    const account = await makeRecoverable()
    const secret = await passedReset(account, 'recovery', account.recovery)
    await expectDone(remove(account))
    expect(await complete(secret)).toEqual(refuse('challenge_gone'))
  })

  it('R59 and its row keeps when and from where it was added, and when it was removed', async () => {
    const account = await makeRecoverable()
    await expectDone(remove(account))
    const rows = await db().address.findMany({
      where: { userId: account.userId, role: 'recovery' },
    })
    expect(rows).toMatchObject([
      { addedAt: NOW, removedAt: NOW, addedFrom: expect.stringMatching(/^198\.18\./) },
    ])
  })
})

describe('no code is sent', () => {
  it('for a missing recovery address', async () => {
    const account = await makeAccount()
    expect(await requestRemoval(callerOf(account), 'email')).toEqual(refuse('nothing_to_remove'))
    expect(await requestConfirmation(callerOf(account), 'phone')).toEqual(
      refuse('nothing_to_confirm'),
    )
    expect(await kindsTo(account.phone)).toEqual(['notice.registered'])
  })

  it('for the confirmation of a confirmed one', async () => {
    const account = await makeRecoverable()
    expect(await requestConfirmation(callerOf(account), 'email')).toEqual(
      refuse('nothing_to_confirm'),
    )
  })
})

describe('an unconfirmed address', () => {
  it('can receive another code, even after the end of its first challenge', async () => {
    const [account, address] = [await makeAccount(), newEmail()]
    await saveRecovery(account, address)
    const now = later(60 * MINUTE)
    await expectDone(requestConfirmation(callerOf(account, now), 'email'))
    expect(await codesTo(address)).toHaveLength(2)
    expect(await confirmRecoveryAddress(callerOf(account, now), await newestCode(address))).toEqual(
      done(1_000),
    )
  })
})

describe('the points of a recovery address', () => {
  it('are credited once to a customer over all removals and additions', async () => {
    const [account, address] = [await makeAccount(), newEmail()]
    expect(await addRecovery(account, address)).toBe(1_000)
    expect(await addRecovery(account, newPhone())).toBe(0)
    await forgetLimits()
    await expectDone(remove(account))
    expect(await addRecovery(account, address)).toBe(0)
    await expectDone(remove(account))
    expect(await addRecovery(account, newEmail())).toBe(0)
    expect((await readProfile(account.userId)).points).toBe(1_000)
  })

  it('are credited once for an address over all customers and all names of its mailbox, even after its removal', async () => {
    const [one, other] = [
      await makeRecoverable(email('keluarga.dewi@gmail.com')),
      await makeAccount(),
    ]
    await expectDone(remove(one))
    expect(await addRecovery(other, email('keluargadewi+lagi@googlemail.com'))).toBe(0)
    expect((await readProfile(one.userId)).points).toBe(1_000)
    expect(await addRecovery(other, newPhone())).toBe(1_000)
  })
})
