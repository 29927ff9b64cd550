import { describe, expect, it } from 'vitest'
import { reanchorActivity, verifyActivity } from '@/lib/activity'
import { deleteOld } from '@/lib/personal-data/prune'
import { db, lockUser, pool, transaction } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { DAY, later, NOW } from '../support/accounts'
import { asFormer, faultsOf, makeActive, record, rowsOf, tamper } from './activity-actions'

const YEARS = 2 * 365 * DAY

const anchor = (userId: string) =>
  transaction(async (tx) => {
    await lockUser(tx, userId)
    return reanchorActivity(tx, userId, NOW)
  })

/** An activity of five rows without hashes, which an older version left, and one of this version. */
async function makeFormer() {
  const account = await makeActive()
  await asFormer(account, 'null')
  await tamper('update "User" set "activityHead" = null where id = $1', [account.userId])
  await record(account)
  return account
}

describe('R57 rows of older versions', () => {
  it('are anchored once, which is recorded, and then lose their values and still verify', async () => {
    const account = await makeFormer()
    const before = await verifyActivity(new Date())
    await deleteOld(later(YEARS))
    await deleteOld(later(YEARS))
    const rows = await rowsOf(account)
    expect(rows.map(({ type }) => type).slice(5)).toEqual(['password_changed', 'reanchored'])
    expect(rows.at(-1)).toMatchObject({ detail: { rows: 5 }, ip: 'schedule' })
    expect(rows.slice(0, 6).map(({ ip, userAgent }) => ip + userAgent)).toEqual(Array(6).fill(''))
    expect(await faultsOf(account)).toEqual([])
    expect((await verifyActivity(new Date())).unsealed).toBe(before.unsealed - 5)
  })

  it('are not anchored when one was altered, so that it is still found', async () => {
    const account = await makeActive()
    await tamper(
      `update "SecurityEvent" set "originDigest" = null, "originSalt" = null, "detailDigest" = null, "detailSalt" = null,
        ip = '192.0.2.1' where "userId" = $1 and position = 2`,
      [account.userId],
    )
    expect(await anchor(account.userId)).toEqual(refuse('activity_altered'))
    expect(await faultsOf(account)).toEqual(['altered 2'])
  })

  it('are anchored by one of several at once', async () => {
    const account = await makeFormer()
    expect(await Promise.all([1, 2, 3].map(() => anchor(account.userId)))).toEqual([
      done(),
      done(),
      done(),
    ])
    const types = (await rowsOf(account)).map(({ type }) => type)
    expect(types.filter((type) => type === 'reanchored')).toHaveLength(1)
  })

  it.each([
    ['anchor', 'anchor = null'],
    ['digest', `"originDigest" = repeat('0', 64)`],
    ['time', `at = at - interval '1 hour'`],
    ['value', `ip = '192.0.2.1'`],
  ])('are found altered after they were anchored: %s', async (_, change) => {
    const account = await makeFormer()
    await anchor(account.userId)
    await tamper(`update "SecurityEvent" set ${change} where "userId" = $1 and position = 3`, [
      account.userId,
    ])
    expect(await faultsOf(account)).toEqual(['altered 3'])
  })
})

describe('the database itself refuses', () => {
  it.each([
    ['another IP address', `ip = '192.0.2.1'`],
    ['an IP address without its salt', `ip = ''`],
    ['another hash', `hash = repeat('0', 64)`],
    ['another digest', `"originDigest" = repeat('0', 64)`],
    ['a detail that is replaced', `detail = '{"about": "x"}', "detailSalt" = null`],
    ['a new salt', `"originSalt" = 'x'`],
    ['an earlier time', `at = at - interval '1 hour'`],
  ])('to change a row of the activity: %s', async (_, change) => {
    const { userId } = await makeActive()
    const update = pool().query(`update "SecurityEvent" set ${change} where "userId" = $1`, [
      userId,
    ])
    await expect(update).rejects.toThrow('never changed or deleted')
    const deletion = db().securityEvent.deleteMany({ where: { userId } })
    await expect(deletion).rejects.toThrow('never changed or deleted')
  })
})

it('an IP address that was erased within thirty days of its event is found', async () => {
  const account = await makeActive()
  await record(account, 'password_changed', new Date())
  await tamper(
    `update "SecurityEvent" set ip = '', "userAgent" = '', "originSalt" = null where "userId" = $1 and position = 6`,
    [account.userId],
  )
  expect(await faultsOf(account)).toEqual(['altered 6'])
})

it('a date of erasure that was set by hand hides nothing', async () => {
  const account = await makeActive()
  await tamper(`update "User" set "erasedAt" = now() where id = $1`, [account.userId])
  await tamper(
    `update "SecurityEvent" set detail = '{}', "detailSalt" = null where "userId" = $1 and position = 3`,
    [account.userId],
  )
  expect(await faultsOf(account)).toEqual(['altered 3'])
})

it('details that were erased in a living account are found', async () => {
  const account = await makeActive()
  await tamper(
    `update "SecurityEvent" set detail = '{}', "detailSalt" = null where "userId" = $1 and position = 3`,
    [account.userId],
  )
  expect(await faultsOf(account)).toEqual(['altered 3'])
})
