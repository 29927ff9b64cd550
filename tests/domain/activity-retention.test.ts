import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { deleteOld, OLD_EVENTS } from '@/lib/personal-data/prune'
import { db, NIL_UUID, pool } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { log } from '@/lib/platform/log'
import { type Account, DAY, later, makeAccount } from '../support/accounts'
import { faultsOf, makeActive, record, rowsOf, tamper } from './activity-actions'
import { stop } from './freeze-actions'

const KEPT = env().RETENTION_ACTIVITY_DAYS * DAY

const positionsOf = async (account: Account) =>
  (await rowsOf(account)).map(({ position }) => position)

const startOf = ({ userId }: Account) => db().activityStart.findUnique({ where: { userId } })

/** An activity of eight rows, of which six are from the first day. */
async function makeLong() {
  const account = await makeActive()
  for (const days of [0, 1, 2]) await record(account, 'password_changed', later(days * DAY))
  return account
}

describe('R57 the retention of the activity', () => {
  it('deletes a row at the end of its retention, and the rest still verifies', async () => {
    const account = await makeLong()
    await deleteOld(later(KEPT - 1))
    expect(await positionsOf(account)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    await deleteOld(later(KEPT))
    expect(await positionsOf(account)).toEqual([7, 8])
    await deleteOld(later(KEPT + DAY))
    expect(await positionsOf(account)).toEqual([8])
    expect(await startOf(account)).toMatchObject({ position: 7, at: later(DAY) })
    expect(await faultsOf(account)).toEqual([])
  })

  it('deletes a whole activity, which goes on with the next event', async () => {
    const account = await makeLong()
    await deleteOld(later(KEPT + 2 * DAY))
    expect([await positionsOf(account), await faultsOf(account)]).toEqual([[], []])
    await record(account, 'password_changed', later(KEPT + 3 * DAY))
    expect([await positionsOf(account), await faultsOf(account)]).toEqual([[9], []])
  })

  it('keeps the activity of a frozen account until its unfreeze', async () => {
    const account = await makeLong()
    await stop(account, later(3 * DAY))
    await deleteOld(later(KEPT + 3 * DAY))
    expect(await positionsOf(account)).toHaveLength(9)
    await db().user.update({ where: { id: account.userId }, data: { frozenAt: null } })
    await deleteOld(later(KEPT + 3 * DAY))
    expect(await positionsOf(account)).toEqual([])
  })

  it('keeps a row as long as the link of one of its notices', async () => {
    const account = await makeLong()
    const [, , , , , , linked] = await rowsOf(account)
    await db().secureLink.updateMany({
      where: { eventId: linked?.id ?? NIL_UUID },
      data: { expiresAt: later(2 * KEPT) },
    })
    await deleteOld(later(KEPT + 2 * DAY))
    expect(await positionsOf(account)).toEqual([7, 8])
  })

  it('keeps an activity that was altered, and reports it', async () => {
    const account = await makeLong()
    await tamper(
      `update "SecurityEvent" set type = 'unfrozen' where "userId" = $1 and position = 8`,
      [account.userId],
    )
    const error = vi.spyOn(log, 'error').mockReturnValue()
    await deleteOld(later(KEPT))
    expect(error.mock.calls).toEqual([[{ event: 'activity_altered', userId: account.userId }]])
    error.mockRestore()
    expect(await positionsOf(account)).toHaveLength(8)
  })

  it('goes on after a batch of rows that stay', async () => {
    const [altered, account] = [await makeActive(), await makeLong()]
    await tamper(
      `insert into "SecurityEvent" (id, "userId", position, type, at, ip, "userAgent", detail, reference)
        select gen_random_uuid(), $1, 5 + nth, 'new_device', $2, '', '', '{}', 'stays' || nth from generate_series(1, 600) nth`,
      [altered.userId, later(-DAY)],
    )
    const error = vi.spyOn(log, 'error').mockReturnValue()
    await deleteOld(later(KEPT))
    error.mockRestore()
    expect(await positionsOf(altered)).toHaveLength(605)
    expect(await positionsOf(account)).toEqual([7, 8])
  })

  it('by three workers at once deletes each row once', async () => {
    const accounts = await Promise.all([makeLong(), makeLong(), makeLong()])
    const error = vi.spyOn(log, 'error').mockReturnValue()
    await Promise.all([1, 2, 3].map(() => deleteOld(later(KEPT))))
    const failed = expect.objectContaining({ event: 'retention_failed' })
    expect(error.mock.calls.flat()).not.toContainEqual(failed)
    error.mockRestore()
    for (const account of accounts) expect(await positionsOf(account)).toEqual([7, 8])
    expect(await faultsOf(...accounts)).toEqual([])
  })

  it('is printed in docs/security.md, with its default', () => {
    const kept = `\`RETENTION_ACTIVITY_DAYS\`, ${env().RETENTION_ACTIVITY_DAYS} |`
    expect(readFileSync('docs/security.md', 'utf8')).toContain(kept)
  })

  it('finds the rows by an index', async () => {
    const client = await pool().connect()
    await client.query('begin; set local enable_seqscan = off')
    const sql = `explain ${OLD_EVENTS}`
      .replace('$1', `'2026-01-01'`)
      .replace('$2, $3', `'2020-01-01', '${NIL_UUID}'`)
      .replace('$4', '500')
    const plan = JSON.stringify((await client.query(sql)).rows)
    await client.query('rollback')
    client.release()
    expect(plan).toContain('SecurityEvent_without_origin')
    expect(plan).not.toContain('Seq Scan on "SecurityEvent')
  })
})

describe('the verification of an activity whose first rows were deleted finds', () => {
  let account: Account
  beforeEach(async () => {
    account = await makeLong()
    await deleteOld(later(KEPT))
  })

  it.each([
    [
      'position',
      'position = 7',
      'delete from "SecurityEvent" where "userId" = $1 and position = 7',
    ],
    ['hash', `hash = repeat('0', 64)`, undefined],
    ['time', `at = at - interval '1 day'`, undefined],
    ['proof', `proof = repeat('0', 64)`, undefined],
  ])('another %s of the last deleted row', async (_, change, deletion) => {
    if (deletion) await tamper(deletion, [account.userId])
    await tamper(`update "ActivityStart" set ${change} where "userId" = $1`, [account.userId])
    expect(await faultsOf(account)).toEqual([deletion ? 'altered 7' : 'altered 6'])
  })

  it('a further row that was deleted', async () => {
    await tamper('delete from "SecurityEvent" where "userId" = $1 and position = 7', [
      account.userId,
    ])
    expect(await faultsOf(account)).toEqual(['missing 7'])
  })

  it('all rows deleted, with the stored end', async () => {
    await tamper('delete from "SecurityEvent" where "userId" = $1', [account.userId])
    expect(await faultsOf(account)).toEqual(['cut_off 7'])
    await tamper('update "User" set "activityHead" = null where id = $1', [account.userId])
    expect(await faultsOf(account)).toEqual(['cut_off 7'])
    await tamper('delete from "ActivityStart" where "userId" = $1', [account.userId])
    expect(await faultsOf(account)).toEqual(['missing 1'])
  })

  it('the last deleted row of another account', async () => {
    const other = await makeActive()
    await tamper(`update "ActivityStart" set "userId" = $2 where "userId" = $1`, [
      account.userId,
      other.userId,
    ])
    await tamper('delete from "SecurityEvent" where "userId" = $1 and position <= 6', [
      other.userId,
    ])
    expect(await faultsOf(account, other)).toEqual(['missing 1', 'altered 6'])
  })
})

describe('PostgreSQL refuses', () => {
  const REFUSED = 'are never changed or deleted'

  it('to delete a row that the activity begins with, or one after it', async () => {
    const account = await makeLong()
    await deleteOld(later(KEPT))
    const sql = 'delete from "SecurityEvent" where "userId" = $1 and position = $2'
    for (const position of [7, 8])
      await expect(pool().query(sql, [account.userId, position])).rejects.toThrow(REFUSED)
  })

  it.each([
    ['to move the beginning back', 'update "ActivityStart" set position = position - 1'],
    ['to change it', `update "ActivityStart" set hash = repeat('0', 64)`],
    ['to delete it', 'delete from "ActivityStart"'],
  ])('%s', async (_, sql) => {
    const { userId } = await makeAccount()
    await deleteOld(later(KEPT))
    await expect(pool().query(`${sql} where "userId" = $1`, [userId])).rejects.toThrow(REFUSED)
  })
})
