import { describe, expect, it } from 'vitest'
import { changePassword } from '@/lib/accounts'
import { recordRecycled } from '@/lib/contacts/check-number'
import { confirmErasure, requestErasure } from '@/lib/personal-data'
import { db } from '@/lib/platform/db'
import { findHeldPassword, releaseDue, vetoOwnHeld } from '@/lib/recovery'
import {
  callerOf,
  DAY,
  expectDone,
  HOUR,
  later,
  makeRecoverable,
  NOW,
  newPhone,
  OTHER_PASSWORD,
  PASSWORD,
} from '../support/accounts'
import { newestCode } from '../support/outbox'
import { replaceSlot, stop, userOf } from './freeze-actions'
import { DUE, HELD, heldOf, holdReset, noteSwap, opens, releaseBy } from './held-actions'
import { complete, passedReset } from './reset-actions'
import { makeCode, rowsOf } from './saved-code-actions'

describe('a held password ends with', () => {
  it.each([
    ['a freeze', 'frozen', (account) => stop(account, HELD)],
    [
      'another reset',
      'replaced',
      async (account) => expectDone(complete(await passedReset(account), PASSWORD, NOW)),
    ],
    [
      'a change of the password',
      'replaced',
      (account) =>
        expectDone(
          changePassword({
            ...callerOf(account, HELD),
            current: PASSWORD,
            next: 'enam ikan di kolam',
          }),
        ),
    ],
    [
      'another one that is held',
      'replaced',
      (account) => holdReset(account, { now: later(HOUR, HELD) }),
    ],
    ['its owner, signed in', 'vetoed', (account) => vetoOwnHeld(callerOf(account, HELD), PASSWORD)],
  ] satisfies [
    string,
    string,
    (account: Awaited<ReturnType<typeof makeRecoverable>>) => Promise<unknown>,
  ][])('%s', async (_, endedBy, act) => {
    const account = await makeRecoverable()
    await holdReset(account)
    await act(account)
    expect((await heldOf(account))[0]).toMatchObject({ endedBy, passwordHash: null })
  })
})

describe('a password that waits takes no effect when', () => {
  it.each([
    [
      'the number was replaced',
      (account) => replaceSlot(account, 'primary_phone', newPhone(), HELD),
    ],
    [
      'the number was found to be somebody else’s',
      async ({ userId }) => {
        const where = { userId, kind: 'phone', removedAt: null } as const
        const { id } = await db().address.findFirstOrThrow({ where })
        await recordRecycled({ id, userId, verifiedAt: NOW }, HELD)
      },
    ],
  ] satisfies [
    string,
    (account: Awaited<ReturnType<typeof makeRecoverable>>) => Promise<unknown>,
  ][])('%s', async (_, act) => {
    const account = await makeRecoverable()
    const secret = await holdReset(account)
    await db().address.updateMany({
      data: { lastVerifiedAt: NOW },
      where: { userId: account.userId, kind: 'phone' },
    })
    await act(account)
    await releaseDue(DUE)
    expect(await heldOf(account)).toMatchObject([{ endedBy: 'disproven', passwordHash: null }])
    expect(await opens(account, OTHER_PASSWORD, DUE)).toBe(false)
    expect(await findHeldPassword(secret)).toMatchObject({ endedBy: 'disproven' })
  })

  it.each([
    ['set another password', 'replaced', { passwordVersion: 2 }],
    ['froze the account', 'frozen', { frozenAt: HELD }],
  ] as const)('a process of the version before %s', async (_, endedBy, data) => {
    const account = await makeRecoverable()
    await holdReset(account)
    await db().user.update({ where: { id: account.userId }, data })
    await releaseDue(DUE)
    expect(await heldOf(account)).toMatchObject([{ endedBy }])
    expect((await userOf(account)).passwordHash).toBe(account.passwordHash)
  })
})

it('a held password ends the saved code and a wanted erasure when it takes effect', async () => {
  const account = await makeRecoverable()
  await makeCode(account, later(-DAY, HELD))
  const caller = callerOf(account, HELD)
  await expectDone(requestErasure(caller, { password: PASSWORD, proof: 'primary_phone' }))
  await expectDone(confirmErasure(caller, await newestCode(account.phone)))
  const secret = await holdReset(account, { now: later(HOUR, HELD) })
  expect(await rowsOf(account)).toMatchObject([{ endedAt: null }])
  expect((await userOf(account)).eraseAt).not.toBeNull()
  await releaseBy(secret, account.recovery, later(HOUR, HELD))
  expect(await rowsOf(account)).toMatchObject([{ endedBy: 'reset' }])
  expect((await userOf(account)).eraseAt).toBeNull()
})

it('a swap that was seen at another reset holds nothing', async () => {
  const account = await makeRecoverable()
  const secret = await passedReset(account)
  await noteSwap(await makeReset(), NOW)
  expect(await complete(secret)).toMatchObject({ value: { kind: 'set' } })
})

async function makeReset() {
  const other = await makeRecoverable()
  await passedReset(other)
  return other
}

it('the number of held passwords of an account that wait is one, by the database', async () => {
  const account = await makeRecoverable()
  await holdReset(account)
  const [held] = await heldOf(account)
  await holdReset(account, { now: later(HOUR, HELD) })
  const reopened = db().heldPassword.update({
    where: { id: held?.id ?? '' },
    data: { endedAt: null, endedBy: null, passwordHash: 'x' },
  })
  await expect(reopened).rejects.toThrow(/unique/i)
})
