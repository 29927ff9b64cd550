import { describe, expect, it } from 'vitest'
import {
  authoriseRecoveryAddress,
  confirmRecoveryAddress,
  removeRecoveryAddress,
  requestConfirmation,
  requestRecoveryAddress,
  requestRemoval,
} from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import {
  callerOf,
  DAY,
  expectDone,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
  newPhone,
  saveRecovery,
} from '../support/accounts'
import { codesTo, newestCode } from '../support/outbox'
import {
  authorised,
  codeToNewAddress,
  complete,
  request,
  restrict,
  sendCodeToNew,
} from './change-actions'
import { complete as completeReset, passedReset } from './reset-actions'

const RESTRICTED = refuse('account_restricted', DAY)

describe('while an account is restricted', () => {
  it('no change of an address begins, and nothing is sent', async () => {
    const account = await makeRecoverable()
    await expectDone(completeReset(await passedReset(account)))
    const before = await codesTo(account.phone)
    const caller = callerOf(account)
    expect(await request(account, { address: newPhone() })).toEqual(RESTRICTED)
    expect(await request(account, { address: newEmail(), role: 'recovery' })).toEqual(RESTRICTED)
    expect(await requestRecoveryAddress(caller, newPhone())).toEqual(RESTRICTED)
    expect(await requestRemoval(caller, 'email')).toEqual(RESTRICTED)
    expect(await requestConfirmation(caller, 'email')).toEqual(RESTRICTED)
    expect(await codesTo(account.phone)).toEqual(before)
  })

  it.each([
    ['a primary', 'primary', newPhone],
    ['a recovery account', 'recovery', newEmail],
  ] as const)(
    '%s is not changed by a change that began earlier',
    async (_what, role, newAddress) => {
      const account = await makeRecoverable()
      const [begun, other] = [{ address: newAddress(), role }, { address: newEmail() }]
      const code = await codeToNewAddress(account, begun)
      await authorised(account, other)
      const rows = await db().address.findMany({
        where: { userId: account.userId },
        orderBy: { id: 'asc' },
      })
      await restrict(account)
      expect(await sendCodeToNew(account, other)).toEqual(RESTRICTED)
      expect(await complete(account, begun, code)).toEqual(RESTRICTED)
      expect(
        await db().address.findMany({ where: { userId: account.userId }, orderBy: { id: 'asc' } }),
      ).toEqual(rows)
    },
  )

  it('no recovery address is added, confirmed or removed with an earlier code', async () => {
    const [account, waiting] = [await makeRecoverable(), newPhone()]
    const caller = callerOf(account)
    await saveRecovery(account, waiting)
    await expectDone(requestRemoval(caller, 'email'))
    const removal = await newestCode(account.phone)
    await expectDone(requestRecoveryAddress(caller, newPhone()))
    const addition = await newestCode(account.phone)
    await restrict(account)
    expect(await authoriseRecoveryAddress(caller, addition)).toEqual(RESTRICTED)
    expect(await confirmRecoveryAddress(caller, await newestCode(waiting))).toEqual(RESTRICTED)
    expect(await removeRecoveryAddress(caller, removal)).toEqual(RESTRICTED)
  })
})

describe('while an account is frozen', () => {
  it('a change that began earlier sends nothing and does not complete', async () => {
    const [account, begun, other] = [
      await makeAccount(),
      { address: newPhone() },
      { address: newEmail() },
    ]
    const code = await codeToNewAddress(account, begun)
    await authorised(account, other)
    await db().user.update({ where: { id: account.userId }, data: { frozenAt: NOW } })
    expect(await sendCodeToNew(account, other)).toEqual(refuse('challenge_gone'))
    expect(await request(account, { address: newPhone() })).toEqual(refuse('challenge_gone'))
    expect(await complete(account, begun, code)).toEqual(refuse('challenge_gone'))
    expect(await codesTo(other.address)).toEqual([])
  })
})
