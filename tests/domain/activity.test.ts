import { describe, expect, it } from 'vitest'
import { logIn } from '@/lib/accounts'
import { recordEvent, reportUsedUp, tellUsedUp, verifyActivity } from '@/lib/activity'
import { db, transaction } from '@/lib/platform/db'
import {
  type Account,
  atOnce,
  DAY,
  expectDone,
  later,
  makeAccount,
  NOW,
  newOrigin,
  PASSWORD,
} from '../support/accounts'
import { holdUser } from '../support/gate'
import { runReports } from '../support/jobs'
import { statementsOf } from '../support/statements'
import {
  asFormer,
  faultsOf,
  hashingKeys,
  makeActive,
  record,
  restartUnder,
  rowsOf,
  tamper,
} from './activity-actions'

const recordDaily = (userId: string | null, now = NOW) =>
  tellUsedUp({ userId, what: 'codes', ip: '198.51.100.1', userAgent: '', at: now.toISOString() })

const positionsOf = async (account: Account) =>
  (await rowsOf(account)).map(({ position }) => position)
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

describe('the activity of an account', () => {
  it('is one chain from the registration', async () => {
    const account = await makeActive()
    expect((await rowsOf(account)).map(({ type }) => type)[0]).toBe('registered')
    expect(await positionsOf(account)).toEqual(upTo(5))
    expect(await faultsOf(account)).toEqual([])
  })

  it('is one unbroken chain after twenty concurrent events', async () => {
    const account = await makeAccount()
    await atOnce(20, (index) => (index === 9 ? recordDaily(account.userId) : record(account)))
    expect(await positionsOf(account)).toEqual(upTo(21))
    expect(new Set((await rowsOf(account)).map(({ hash }) => hash)).size).toBe(21)
    expect(await faultsOf(account)).toEqual([])
  })

  it('is one unbroken chain after log-ins of new browsers that wait for each other', async () => {
    const account = await makeAccount()
    const login = { identifier: account.email.value, password: PASSWORD, now: NOW }
    const gate = await holdUser(account.userId)
    const entered = atOnce(5, () => expectDone(logIn({ ...login, origin: newOrigin() })))
    await gate.crowd(5)
    await gate.open()
    await entered
    expect(await positionsOf(account)).toEqual(upTo(6))
    expect(await faultsOf(account)).toEqual([])
  })

  it('is unbroken after an event is rolled back with its cause', async () => {
    const account = await makeActive()
    const undone = transaction(async (tx) => {
      await recordEvent(tx, {
        userId: account.userId,
        type: 'attempts_restored',
        origin: newOrigin(),
        now: NOW,
        notify: [],
      })
      throw new Error('the cause failed')
    })
    await expect(undone).rejects.toThrow('the cause failed')
    await record(account)
    expect(await positionsOf(account)).toEqual(upTo(6))
    expect(await faultsOf(account)).toEqual([])
  })

  it('verifies and continues under a new hashing key while the old one is kept', async () => {
    const { old, current } = hashingKeys()
    const before = await restartUnder(old)
    const account = await before.makeAccount()
    await before.record(account)
    const after = await restartUnder(`${current},${old}`)
    expect(await after.faultsOf(account)).toEqual([])
    await after.record(account)
    expect(await after.faultsOf(account)).toEqual([])
    const forgetful = await restartUnder(current)
    expect(await forgetful.faultsOf(account)).toEqual(['altered 1'])
  })
})

describe('an event that is recorded once a day', () => {
  it('is in the chain, once', async () => {
    const account = await makeAccount()
    for (const now of [NOW, later(60), later(DAY + 1)]) await recordDaily(account.userId, now)
    expect((await rowsOf(account)).map(({ type }) => type)).toEqual([
      'registered',
      'attempts_used_up',
      'attempts_used_up',
    ])
    expect(await faultsOf(account)).toEqual([])
  })

  it('is reported by the same statement with and without an account', async () => {
    const { userId } = await makeAccount()
    const report = (of: string | null) => () =>
      reportUsedUp(db(), { userId: of, what: 'codes', origin: newOrigin(), now: NOW })
    const first = await statementsOf(report(userId))
    expect(first).toHaveLength(1)
    expect(await statementsOf(report(null))).toEqual(first)
    await runReports()
  })
})

describe('rows that are older than the hashes', () => {
  it('are counted as unverified, and the chain begins after them', async () => {
    const { proven, unsealed } = await verifyActivity(new Date())
    const account = await makeActive()
    await asFormer(account, 'null')
    await tamper('update "User" set "activityHead" = null where id = $1', [account.userId])
    await record(account)
    expect(await faultsOf(account)).toEqual([])
    expect(await verifyActivity(new Date())).toMatchObject({
      proven: proven + 1,
      unsealed: unsealed + 5,
    })
  })
})
