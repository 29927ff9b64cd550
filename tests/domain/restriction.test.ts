import { afterEach, describe, expect, it, vi } from 'vitest'
import { maskAddress } from '@/lib/addresses'
import { env } from '@/lib/platform/env'
import { done, refuse } from '@/lib/platform/result'
import { canSpend } from '@/lib/points'
import { findRestriction, liftRestriction, requestLift } from '@/lib/recovery'
import {
  type Account,
  atOnce,
  callerOf,
  countOutcomes,
  DAY,
  expectDone,
  HOUR,
  later,
  MINUTE,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
} from '../support/accounts'
import { breakInserts } from '../support/gate'
import { kindsTo, newestCode } from '../support/outbox'
import { eventsOf, makeGuarded, replaceSlot, userOf } from './freeze-actions'
import { complete, passedReset, stateOf } from './reset-actions'

const SOON = later(MINUTE)
const NEXT_KEY = `next:${Buffer.alloc(32, 7).toString('base64')}`

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

/** An account that was reset with a code to its primary phone. */
async function restricted<Some extends Account>(account: Some): Promise<Some> {
  await expectDone(complete(await passedReset(account)))
  return account
}

const lift = (account: Account, code: string, now = SOON) =>
  liftRestriction(callerOf(account, now), code)

/** Requests the code to the only address that can lift the restriction. */
async function requestLiftCode(account: Account, now = SOON) {
  const restriction = await findRestriction(account.userId, now)
  const [only, ...others] = restriction?.lifters ?? []
  if (!only || others.length > 0) throw new Error('not one address')
  return requestLift(callerOf(account, now), only.id)
}

describe('a restriction', () => {
  it('lasts 24 hours after a reset, in which no points are spent', async () => {
    const account = await restricted(await makeRecoverable())
    expect(await canSpend(account.userId, later(23 * HOUR))).toEqual(
      refuse('account_restricted', HOUR),
    )
    expect(await findRestriction(account.userId, later(23 * HOUR))).toMatchObject({
      until: later(DAY),
      secondsLeft: HOUR,
    })
    expect(await canSpend(account.userId, later(DAY))).toEqual(done())
    expect(await findRestriction(account.userId, later(DAY))).toBeNull()
    expect(await requestLift(callerOf(account, later(DAY)), 'none')).toEqual(
      refuse('not_restricted'),
    )
  })

  it('is lifted with a code to an address other than the one that reset the account, and every address is notified', async () => {
    const account = await restricted(await makeRecoverable())
    const { lifters } = (await findRestriction(account.userId, SOON)) ?? { lifters: [] }
    expect(lifters.map(({ mask }) => mask)).toEqual([maskAddress(account.recovery)])
    await expectDone(requestLiftCode(account))
    expect(await lift(account, await newestCode(account.recovery))).toEqual(done())
    expect(await canSpend(account.userId, SOON)).toEqual(done())
    expect(await userOf(account)).toMatchObject({ restrictedUntil: null, restrictedBy: [] })
    for (const address of [account.email, account.phone, account.recovery])
      expect((await kindsTo(address))[0]).toBe('notice.restriction_lifted')
  })

  it('is not lifted by the address that reset the account, nor by another customer’s', async () => {
    const [account, other] = [
      await restricted(await makeRecoverable()),
      await restricted(await makeRecoverable()),
    ]
    const rows = (await findRestriction(other.userId, SOON))?.lifters ?? []
    for (const { id } of rows)
      expect(await requestLift(callerOf(account, SOON), id)).toEqual(refuse('lifter_gone'))
    const alone = await restricted(await makeAccount())
    expect((await findRestriction(alone.userId, SOON))?.lifters).toEqual([])
  })

  it('recognises the address that reset the account under a key since replaced', async () => {
    const account = await restricted(await makeRecoverable())
    const keys = env().HASHING_KEYS.map(
      ({ id, bytes }) => `${id}:${Buffer.from(bytes).toString('base64')}`,
    )
    vi.stubEnv('HASHING_KEYS', [NEXT_KEY, ...keys].join())
    vi.resetModules()
    const { findRestriction: findUnderNextKey } = await import('@/lib/recovery')
    const { lifters } = (await findUnderNextKey(account.userId, SOON)) ?? { lifters: [] }
    expect(lifters.map(({ mask }) => mask)).toEqual([maskAddress(account.recovery)])
  })

  it('is not lifted by an address that was confirmed after it began', async () => {
    const account = await restricted(await makeAccount())
    await replaceSlot(account, 'recovery_email', newEmail(), SOON)
    expect((await findRestriction(account.userId, later(HOUR)))?.lifters).toEqual([])
  })

  it('is not lifted with a code from before it began again', async () => {
    const account = await restricted(await makeRecoverable())
    await expectDone(requestLiftCode(account))
    const code = await newestCode(account.recovery)
    await restricted(account)
    expect(await lift(account, code)).toEqual(refuse('challenge_gone'))
  })

  it('is lifted once by twenty concurrent right codes', async () => {
    const account = await restricted(await makeGuarded())
    const [first] = (await findRestriction(account.userId, SOON))?.lifters ?? []
    await expectDone(requestLift(callerOf(account, SOON), first?.id ?? ''))
    const address =
      (await kindsTo(account.recoveryEmail))[0] === 'code.lift_restriction'
        ? account.recoveryEmail
        : account.recoveryPhone
    const code = await newestCode(address)
    const outcomes = await atOnce(20, () => lift(account, code))
    expect(countOutcomes(outcomes).done).toBe(1)
    expect((await eventsOf(account)).filter((type) => type === 'restriction_lifted')).toHaveLength(
      1,
    )
  })

  it('is unchanged when the database fails while it is lifted', async () => {
    const account = await restricted(await makeRecoverable())
    await expectDone(requestLiftCode(account))
    const code = await newestCode(account.recovery)
    const { user, events, messages } = await stateOf(account)
    const mend = await breakInserts('Message')
    await expect(lift(account, code)).rejects.toThrow('inserts into Message fail')
    await mend()
    expect(await stateOf(account)).toMatchObject({ user, events, messages })
    expect(await canSpend(account.userId, NOW)).toMatchObject({ refusal: 'account_restricted' })
    expect(await lift(account, code)).toEqual(done())
  })
})
