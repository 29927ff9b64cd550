import { describe, expect, it } from 'vitest'
import { findSession } from '@/lib/accounts'
import { type AnyAddress, findPrimary, listAddresses } from '@/lib/addresses'
import { authoriseRecoveryAddress, requestRecoveryAddress } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import {
  type Account,
  atOnce,
  callerOf,
  countOutcomes,
  expectDone,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
  newPhone,
} from '../support/accounts'
import { breakInserts, holdUser } from '../support/gate'
import { newestCode } from '../support/outbox'
import { codeToNewAddress, complete, tryLogIn } from './change-actions'
import { complete as completeReset, passedReset, stateOf } from './reset-actions'

const rowsOf = ({ userId }: Account) =>
  db().address.findMany({ where: { userId }, orderBy: { id: 'asc' } })
const rolesOf = async ({ userId }: Account, address: AnyAddress) =>
  (await listAddresses(db(), userId))
    .filter((held) => held.address.value === address.value)
    .map(({ role }) => role)

describe('at once', () => {
  it.each([
    ['a primary', 'primary', newPhone],
    ['a recovery account', 'recovery', newEmail],
  ] as const)('R05 twenty final codes change %s once', async (_what, role, newAddress) => {
    const [account, wanted] = [await makeRecoverable(), { address: newAddress(), role }]
    const code = await codeToNewAddress(account, wanted)
    const before = (await rowsOf(account)).length
    const { events } = await stateOf(account)
    const outcomes = await atOnce(20, () => complete(account, wanted, code))
    expect(countOutcomes(outcomes).done).toBe(1)
    expect([(await rowsOf(account)).length, (await stateOf(account)).events]).toEqual([
      before + 1,
      events + 1,
    ])
    expect(await rolesOf(account, wanted.address)).toEqual([role])
  })

  it('one of two customers gets a number, and the other keeps the old one', async () => {
    const [one, other, address] = [await makeAccount(), await makeAccount(), newPhone()]
    const codes = [
      await codeToNewAddress(one, { address }),
      await codeToNewAddress(other, { address }),
    ]
    const outcomes = await Promise.all(
      [one, other].map((account, index) => complete(account, { address }, codes[index] ?? '')),
    )
    expect(countOutcomes(outcomes)).toEqual({ done: 1, taken: 1 })
    const [winner, loser] = outcomes[0]?.ok ? [one, other] : [other, one]
    expect(await findPrimary(db(), address)).toMatchObject({ userId: winner.userId })
    expect(await findPrimary(db(), loser.phone)).toMatchObject({ userId: loser.userId })
  })

  it('two customers who exchange numbers both keep their own', async () => {
    const [one, other] = [await makeAccount(), await makeAccount()]
    const codes = [
      await codeToNewAddress(one, { address: other.phone }),
      await codeToNewAddress(other, { address: one.phone }),
    ]
    const both = [
      complete(one, { address: other.phone }, codes[0] ?? ''),
      complete(other, { address: one.phone }, codes[1] ?? ''),
    ]
    expect(countOutcomes(await Promise.all(both))).toEqual({ taken: 2 })
    for (const account of [one, other])
      expect(await findPrimary(db(), account.phone)).toMatchObject({ userId: account.userId })
  })

  it('only one of a change and a reset completes', async () => {
    const [account, address] = [await makeAccount(), newPhone()]
    const code = await codeToNewAddress(account, { address })
    const secret = await passedReset(account)
    const gate = await holdUser(account.userId)
    const both = Promise.all([complete(account, { address }, code), completeReset(secret)])
    await gate.crowd(2)
    await gate.open()
    expect(countOutcomes(await both)).toEqual({ done: 1, challenge_gone: 1 })
  })

  it('only one of a phone change and an e-mail change completes', async () => {
    const [account, number, mail] = [
      await makeAccount(),
      { address: newPhone() },
      { address: newEmail() },
    ]
    const codes = [await codeToNewAddress(account, number), await codeToNewAddress(account, mail)]
    const gate = await holdUser(account.userId)
    const both = Promise.all([
      complete(account, number, codes[0] ?? ''),
      complete(account, mail, codes[1] ?? ''),
    ])
    await gate.crowd(2)
    await gate.open()
    expect(countOutcomes(await both)).toEqual({ done: 1, challenge_gone: 1 })
  })

  it('R16 one address becomes either primary or recovery address', async () => {
    const [account, address] = [await makeAccount(), newEmail()]
    const code = await codeToNewAddress(account, { address })
    await expectDone(requestRecoveryAddress(callerOf(account), address))
    const saving = await newestCode(account.phone)
    const gate = await holdUser(account.userId)
    const both = Promise.all([
      complete(account, { address }, code),
      authoriseRecoveryAddress(callerOf(account), saving),
    ])
    await gate.crowd(2)
    await gate.open()
    await both
    expect(await rolesOf(account, address)).toHaveLength(1)
  })

  it('R21 a log-in by the old number that races the change leaves no session', async () => {
    const [account, address] = [await makeAccount(), newPhone()]
    const code = await codeToNewAddress(account, { address })
    const gate = await holdUser(account.userId)
    const [login, changed] = [tryLogIn(account.phone), complete(account, { address }, code)]
    await gate.crowd(2)
    await gate.open()
    await expectDone(changed)
    const entry = await expectDone(login)
    if (!('session' in entry)) throw new Error('the account is frozen')
    expect(await findSession(entry.session.sessionSecret, NOW)).toBeNull()
  })
})

describe('a change commits completely or not at all', () => {
  it.each(['Message', 'SecurityEvent', 'Session', 'SecureLink'])(
    'when the database fails at %s, and its code stays right',
    async (table) => {
      const [account, address] = [await makeRecoverable(), newPhone()]
      const code = await codeToNewAddress(account, { address })
      const [rows, { user, sessions, events, messages, jobs }] = [
        await rowsOf(account),
        await stateOf(account),
      ]
      const mend = await breakInserts(table)
      await expect(complete(account, { address }, code)).rejects.toThrow(
        `inserts into ${table} fail`,
      )
      await mend()
      expect(await rowsOf(account)).toEqual(rows)
      expect(await stateOf(account)).toMatchObject({ user, sessions, events, messages, jobs })
      await expectDone(complete(account, { address }, code))
    },
  )
})
