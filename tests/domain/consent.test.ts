import { expect, it } from 'vitest'
import { readProfile } from '@/lib/accounts'
import { removeRecoveryAddress, requestRemoval } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { unfreezeByCare } from '@/lib/support'
import {
  addRecoveriesWithCodes,
  addRecovery,
  callerOf,
  DAY,
  expectDone,
  later,
  makeAccount,
  NOW,
  newEmail,
  newPhone,
  saveRecovery,
} from '../support/accounts'
import { newestCode } from '../support/outbox'
import { codeToNewAddress, complete } from './change-actions'
import { makeGuarded, replaceSlot, SEEN, stop } from './freeze-actions'

addRecoveriesWithCodes()

const VERSION = '2026-11'

const consentsOf = async ({ userId }: { userId: string }) =>
  (await readProfile(userId)).recoveries.map(({ consent }) => consent)

it('R68 the consent to use a recovery address is recorded with it, in its version and time', async () => {
  const account = await makeAccount()
  await saveRecovery(account, newPhone())
  expect(await consentsOf(account)).toEqual([{ version: VERSION, at: NOW }])
  const { primaries } = await readProfile(account.userId)
  expect(primaries.map(({ consent }) => consent)).toEqual([null, null])
})

it('R68 a replacement has a consent of its own', async () => {
  const account = await makeAccount()
  await addRecovery(account, newEmail())
  const wanted = { address: newEmail(), role: 'recovery' } as const
  const code = await codeToNewAddress(account, wanted, account.phone, later(DAY))
  expect((await complete(account, wanted, code, later(DAY))).ok).toBe(true)
  expect(await consentsOf(account)).toEqual([{ version: VERSION, at: later(DAY) }])
})

it('R68 a removal withdraws it, and the row says when', async () => {
  const account = await makeAccount()
  await addRecovery(account, newEmail())
  await expectDone(requestRemoval(callerOf(account, later(DAY)), 'email'))
  const code = await newestCode(account.phone)
  await expectDone(removeRecoveryAddress(callerOf(account, later(DAY)), code))
  expect(await consentsOf(account)).toEqual([])
  const where = { userId: account.userId, consentVersion: VERSION }
  expect(await db().address.findMany({ where })).toMatchObject([
    { consentAt: NOW, removedAt: later(DAY) },
  ])
})

it('R68 an address that an undo brings back keeps it', async () => {
  const account = await makeGuarded()
  await replaceSlot(account, 'recovery_email', newEmail())
  await stop(account)
  const { userId } = account
  await expectDone(unfreezeByCare({ userId, reason: 'tiket 1', now: SEEN }, ['recovery_email']))
  expect(await consentsOf(account)).toEqual(Array(2).fill({ version: VERSION, at: NOW }))
})
