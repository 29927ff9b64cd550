import { readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { deleteOld, findBatch } from '@/lib/personal-data/prune'
import { RULES } from '@/lib/personal-data/rules'
import { db, pool } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { log } from '@/lib/platform/log'
import { addRecovery, DAY, HOUR, later, makeAccount, NOW, newEmail } from '../support/accounts'
import { breakDeletes } from '../support/gate'
import { faultsOf, record, rowsOf } from './activity-actions'
import { enter, newBrowser } from './device-actions'
import { makeGuarded, replaceSlot, stop } from './freeze-actions'
import { makeCode, rowsOf as savedCodesOf } from './saved-code-actions'

const counts = async (sql: string) => (await pool().query<{ count: number }>(sql)).rows[0]?.count

const columnOf = (line: string) => line.split('|').map((cell) => cell.trim())

describe('R57 the schedule', () => {
  it('is printed in docs/security.md, with its settings and their defaults', () => {
    const docs = readFileSync('docs/security.md', 'utf8').split('\n').map(columnOf)
    const printed = docs.flatMap(([, what, after, kept]) =>
      kept ? [`${what} | ${after} | ${kept}`] : [],
    )
    for (const { what, after, kept } of RULES) {
      const days = typeof kept === 'number' ? `${kept}` : `\`${kept}\`, ${env()[kept]}`
      expect(printed).toContain(`${what} | ${after} | ${days}`)
    }
  })

  it.each(RULES)('finds $what by an index', async (rule) => {
    const client = await pool().connect()
    try {
      await client.query('begin')
      await client.query('set local enable_seqscan = off')
      const horizon = rule.isEpoch ? '0' : `'2026-01-01'`
      const sql = findBatch(rule).replace('$1', horizon).replace('$2', '500')
      const { rows } = await client.query(`explain ${sql}`)
      const plan = JSON.stringify(rows)
      expect(plan).toContain('Index')
      expect(plan).not.toContain('Seq Scan on "')
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
})

describe('R57 the retention', () => {
  it('deletes a saved code after its end, of a frozen account not before its unfreeze', async () => {
    const [account, frozen] = [await makeAccount(), await makeAccount()]
    for (const one of [account, frozen]) await makeCode(one)
    await makeCode(account, later(DAY))
    await stop(frozen, later(DAY))
    const over = (1 + env().RETENTION_LINKS_DAYS) * DAY
    await deleteOld(later(over - 1))
    expect(await savedCodesOf(account)).toHaveLength(2)
    await deleteOld(later(over))
    expect(await savedCodesOf(account)).toHaveLength(1)
    expect(await savedCodesOf(frozen)).toHaveLength(1)
    await db().user.update({ where: { id: frozen.userId }, data: { frozenAt: null } })
    await deleteOld(later(over))
    expect(await savedCodesOf(frozen)).toHaveLength(0)
  })

  it('deletes a row at the end of its retention, and not before', async () => {
    const account = await makeAccount()
    await enter(account, newBrowser())
    const { userId } = account
    const sessions = () => db().session.count({ where: { userId } })
    const over = (30 + env().RETENTION_SESSIONS_DAYS) * DAY
    await deleteOld(later(over - 1))
    expect(await sessions()).toBe(1)
    await deleteOld(later(over))
    expect(await sessions()).toBe(0)
  })

  it('keeps a device that is used, and forgets one that is not', async () => {
    const [account, used, unused] = [await makeAccount(), newBrowser(), newBrowser()]
    await enter(account, unused)
    await enter(account, used)
    const { userId } = account
    const [device] = await db().knownDevice.findMany({ where: { userId, seenAt: null }, take: 1 })
    await enter(account, used)
    expect(await db().knownDevice.count({ where: { userId, seenAt: NOW } })).toBe(1)
    await db().knownDevice.updateMany({
      where: { userId, seenAt: NOW },
      data: { seenAt: later(DAY) },
    })
    await deleteOld(later(env().RETENTION_DEVICES_DAYS * DAY))
    const left = await db().knownDevice.findMany({ where: { userId } })
    expect([device !== undefined, left.map(({ seenAt }) => seenAt)]).toEqual([true, [later(DAY)]])
  })

  it('erases IP addresses and user agents, and the activity still verifies', async () => {
    const account = await makeAccount()
    await addRecovery(account, newEmail())
    await record(account, 'password_changed', later(DAY))
    const age = env().RETENTION_ORIGINS_DAYS * DAY
    await deleteOld(later(age))
    const rows = await rowsOf(account)
    const [last, ...others] = rows.toReversed()
    for (const { ip, userAgent, originSalt } of others)
      expect([ip, userAgent, originSalt]).toEqual(['', '', null])
    expect([
      last?.userAgent,
      rows.some(({ detail }) => JSON.stringify(detail).includes('•••')),
    ]).toEqual(['Test Browser', true])
    const addresses = await db().address.findMany({ where: { userId: account.userId } })
    expect(addresses.map(({ addedFrom }) => addedFrom)).toEqual(['', '', ''])
    expect(await faultsOf(account)).toEqual([])
    await record(account, 'password_changed', later(age + HOUR))
    expect(await faultsOf(account)).toEqual([])
  })

  it('keeps a removed address while a link to it is kept', async () => {
    const account = await makeGuarded()
    await replaceSlot(account, 'recovery_email', newEmail(), later(DAY))
    const { userId } = account
    const kept = env().RETENTION_ADDRESSES_DAYS
    await db().secureLink.updateMany({
      where: { address: { userId } },
      data: { expiresAt: later(kept * DAY) },
    })
    const removed = () => db().address.count({ where: { userId, removedAt: { not: null } } })
    await deleteOld(later((kept + 2) * DAY))
    expect(await removed()).toBe(1)
    await deleteOld(later((kept + env().RETENTION_LINKS_DAYS) * DAY))
    expect(await removed()).toBe(0)
  })

  it('goes on when one table refuses', async () => {
    const account = await makeAccount()
    await enter(account, newBrowser())
    const { userId } = account
    const repair = await breakDeletes('KnownDevice')
    const error = vi.spyOn(log, 'error').mockReturnValue()
    await deleteOld(later(10 * 365 * DAY))
    await repair()
    const left = [
      await db().knownDevice.count({ where: { userId } }),
      await db().session.count({ where: { userId } }),
    ]
    expect(left).toEqual([1, 0])
    expect(error.mock.calls).toMatchObject([[{ event: 'retention_failed', table: 'KnownDevice' }]])
    error.mockRestore()
  })

  it('deletes a removed address, but not while the account is frozen', async () => {
    const account = await makeGuarded()
    await replaceSlot(account, 'recovery_email', newEmail(), later(DAY))
    await stop(account, later(2 * DAY))
    const removed = () =>
      db().address.count({ where: { userId: account.userId, removedAt: { not: null } } })
    const over = later((env().RETENTION_ADDRESSES_DAYS + 1) * DAY)
    await deleteOld(over)
    expect(await removed()).toBe(1)
    await db().user.update({ where: { id: account.userId }, data: { frozenAt: null } })
    await deleteOld(over)
    expect(await removed()).toBe(0)
    expect(await db().address.count({ where: { userId: account.userId } })).toBe(4)
  })

  it('waits for no row that somebody holds, and deletes it later', async () => {
    await insertCounts('dipegang', 1)
    const client = await pool().connect()
    await client.query('begin')
    await client.query(`update "SmsCount" set sent = 2 where key = 'dipegang-1'`)
    await deleteOld(later(3 * DAY))
    await client.query('commit')
    client.release()
    const left = `select count(*)::int from "SmsCount" where key like 'dipegang%'`
    expect(await counts(left)).toBe(1)
    await deleteOld(later(3 * DAY))
    expect(await counts(left)).toBe(0)
  })

  it('three workers at once delete more than a batch, and nothing twice', async () => {
    await insertCounts('ramai', 1_700)
    await Promise.all([1, 2, 3].map(() => deleteOld(later(3 * DAY))))
    await deleteOld(later(3 * DAY))
    expect(await counts(`select count(*)::int from "SmsCount" where key like 'ramai%'`)).toBe(0)
  })

  it('stops after the present batch when it is told to', async () => {
    await insertCounts('berhenti', 1)
    await deleteOld(later(3 * DAY), AbortSignal.abort())
    expect(await counts(`select count(*)::int from "SmsCount" where key like 'berhenti%'`)).toBe(1)
  })
})

const insertCounts = (name: string, rows: number) =>
  pool().query(
    `insert into "SmsCount" (key, hour, sent) select $1 || '-' || nth, $2, 1 from generate_series(1, $3::int) nth`,
    [name, NOW, rows],
  )
