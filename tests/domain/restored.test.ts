import { describe, expect, it } from 'vitest'
import { findSession } from '@/lib/accounts'
import { findResetLink, findSecureLink } from '@/lib/activity'
import { findChallenge } from '@/lib/challenges'
import { isUnclosedRestore } from '@/lib/platform/database-identity'
import { db, pool } from '@/lib/platform/db'
import { consume, peek } from '@/lib/platform/limit-uses'
import { done, refuse } from '@/lib/platform/result'
import { readUnfreeze } from '@/lib/recovery/unfreeze-read'
import { acceptMoved, readLostChanges } from '@/lib/restored'
import {
  DAY,
  expectDone,
  HOUR,
  later,
  MINUTE,
  makeAccount,
  NOW,
  OTHER_PASSWORD,
  signIn,
} from '../support/accounts'
import { newestCode } from '../support/outbox'
import { enter, knows, newBrowser } from './device-actions'
import {
  begin,
  choose,
  frozenGuarded,
  makeGuarded,
  newestLink,
  pass,
  SEEN,
  userOf,
} from './freeze-actions'
import { attack, linkOf } from './link-actions'
import { complete, passedReset, start } from './reset-actions'
import { close, failuresOf, RUN } from './restored-actions'

describe('a restored database', () => {
  it('ends sessions and known devices, and leaves those of customers who are back', async () => {
    const [account, browser] = [await makeAccount(), newBrowser()]
    const { sessionSecret } = await enter(account, browser)
    const back = await signIn(account.userId, later(2 * MINUTE))
    await close()
    expect(await findSession(sessionSecret, RUN)).toBeNull()
    expect(await knows(account, browser)).toBe(false)
    expect(await findSession(back.sessionSecret, later(3 * MINUTE))).not.toBeNull()
  })

  it('closes codes in progress, and a passed reset sets no password', async () => {
    const [asked, passed] = [await makeAccount(), await makeAccount()]
    const { secret } = await expectDone(start(asked.email, 'primary_phone'))
    const reset = await passedReset(passed)
    await close()
    expect(await findChallenge({ secret }, 'reset_password', RUN)).toBeNull()
    expect(await complete(reset, OTHER_PASSWORD, RUN)).toEqual(refuse('challenge_gone'))
  })

  it('closes the links of notices', async () => {
    const account = await makeGuarded()
    await attack(account)
    const [freezing, resetting] = [
      await newestLink(account.recoveryEmail),
      await linkOf(account.phone),
    ]
    await close()
    expect((await findSecureLink(freezing, RUN))?.state).toBe('closed')
    expect(await findResetLink(resetting, RUN)).toBeNull()
  })

  it('closes begun unfreezes', async () => {
    const frozen = await frozenGuarded()
    const secret = await begin(frozen)
    await choose(secret, 'recovery_email')
    const code = await newestCode(frozen.recoveryEmail)
    await close({ now: later(MINUTE, SEEN) })
    const answer = await pass(secret, 'unfreeze_first', code, later(2 * MINUTE, SEEN))
    expect(answer).toEqual(refuse('challenge_gone'))
    expect(await readUnfreeze(db(), secret, later(2 * MINUTE, SEEN))).toBeNull()
  })

  it('leaves ten attempts of those that were counted, and ten of unknown browsers everywhere', async () => {
    const [tried, other] = [await makeAccount(), await makeAccount()]
    const of = (path: string, scope: string, failures: number) => ({
      ...{ account: tried.userId, path, scope, failures, updatedAt: NOW },
    })
    await db().failureCount.createMany({
      data: [
        of('password', 'unknown', 57),
        of('recovery', 'links', 3),
        of('change_phone', 'session', 90),
        of('erase_account', 'session', 2),
      ],
    })
    await close()
    expect(await failuresOf(tried.userId)).toEqual({
      'password unknown': 57,
      'primary_phone unknown': 50,
      'recovery unknown': 50,
      'recovery links': 10,
      'change_phone session': 90,
      'erase_account session': 90,
    })
    const every = { 'password unknown': 50, 'primary_phone unknown': 50, 'recovery unknown': 50 }
    expect(await failuresOf(other.userId)).toEqual(every)
  })

  it('goes on with limits and restrictions that ended since the backup', async () => {
    const account = await makeAccount()
    const now = new Date()
    const takenAt = later(-2 * DAY, now)
    await consume('exportUser', account.userId)
    const ends = (seconds: number) => BigInt(takenAt.getTime() + seconds * 1_000)
    await db().rateLimit.updateMany({ data: { expire: ends(HOUR) } })
    await db().user.update({
      where: { id: account.userId },
      data: { restrictedUntil: later(HOUR, takenAt) },
    })
    expect((await peek('exportUser', account.userId)).count).toBe(0)
    await close({ takenAt, now })
    expect((await peek('exportUser', account.userId)).count).toBe(1)
    expect((await userOf(account)).restrictedUntil).toEqual(later(HOUR, now))
  })

  it('is closed once, also by a command that was stopped in its middle', async () => {
    const [account, takenAt] = [await makeAccount(), later(-MINUTE)]
    const { sessionSecret } = await signIn(account.userId)
    await pool().query(`create function stop() returns trigger language plpgsql as $$ begin raise 'stopped'; end $$;
      create trigger stop before update on "Session" for each statement execute function stop()`)
    await expect(close({ takenAt })).rejects.toThrow('stopped')
    expect((await failuresOf(account.userId))['password unknown']).toBe(50)
    await pool().query('drop function stop cascade')
    const back = await signIn(account.userId, later(2 * MINUTE))
    expect((await close({ takenAt, now: later(HOUR) })).outcome).toEqual(done())
    expect(await findSession(sessionSecret, RUN)).toBeNull()
    expect(await findSession(back.sessionSecret, later(3 * MINUTE))).not.toBeNull()
    expect((await close({ takenAt })).outcome).toEqual(refuse('closed_before'))
    expect((await close({ takenAt: later(1, RUN) })).outcome).toEqual(refuse('future'))
  })
})

it('is recognised by the name of its database until it is closed', async () => {
  const identity = async () => (await db().databaseIdentity.findFirstOrThrow()).identity
  await db().databaseIdentity.deleteMany()
  expect(await isUnclosedRestore(pool())).toBe(false)
  const own = await identity()
  expect(await isUnclosedRestore(pool())).toBe(false)
  const copied = () => db().databaseIdentity.updateMany({ data: { identity: '7000000000/16384' } })
  await copied()
  expect(await isUnclosedRestore(pool())).toBe(true)
  await close()
  expect([await isUnclosedRestore(pool()), await identity()]).toEqual([false, own])
  await copied()
  await acceptMoved()
  expect(await isUnclosedRestore(pool())).toBe(false)
})

it.each([
  ['closed', () => close()],
  ['accepted as moved', acceptMoved],
])('has statistics of its tables after it was %s', async (_, run) => {
  // After a truncation, a table has none.
  await pool().query('truncate "ReadinessCheck"')
  expect(await countedRows()).toBe(-1)
  await run()
  expect(await countedRows()).toBe(0)
})

/** The rows of a table by its statistics; -1 without any. */
async function countedRows() {
  const { rows } = await pool().query<{ counted: number }>(
    `select reltuples as counted from pg_class where oid = '"ReadinessCheck"'::regclass`,
  )
  return rows[0]?.counted
}

it('the log tells whose password, addresses and freeze are lost, and who was erased', async () => {
  const ids = [1, 2, 3, 4].map((nth) => `00000000-0000-4000-8000-00000000000${nth}`)
  const line = (seconds: number, event: string, userId = '', change = '') =>
    JSON.stringify({ kind: 'security', time: later(seconds), event, userId, change })
  const [one = '', two = '', three = '', four = ''] = ids
  async function* lines() {
    yield line(-1, 'authn_password_change', one, 'password_changed')
    yield line(1, 'authn_password_change', two, 'password_reset')
    yield line(2, 'authn_login_success', one)
    yield 'no JSON'
    yield line(3, 'authn_login_lock', three, 'frozen')
    yield line(3, 'authn_login_lock', two, 'frozen')
    yield line(4, 'authz_change', two, 'unfrozen')
    yield line(5, 'user_deleted', four, 'erased')
  }
  expect(await readLostChanges(lines(), NOW)).toEqual({
    changed: [two, three, four],
    frozen: [three],
    erased: [four],
  })
})
