import { beforeAll, describe, expect, it } from 'vitest'
import { type Audited, auditDatabase } from '@/lib/audit'
import { pool } from '@/lib/platform/db'
import { addRecoveriesWithCodes, HOUR, later, makeRecoverable, NOW } from '../support/accounts'
import { tamper } from './activity-actions'
import { BREAKS } from './audit-breaks'
import { FORBIDDEN } from './audit-forbidden'
import { useEverything } from './dump-walk'
import { ADDRESS } from './flows-address'

const WALK_MS = 60_000

/** What they are about may be kept for longer than the events. */
const NEED_EVENTS = ['saved_code_without_event', 'waits_unannounced', 'opened_without_event']

const audit = () => auditDatabase(NOW)

const found = (report: readonly Audited[]) =>
  report.flatMap(({ number, found }) => found.map(({ name, id }) => `${number} ${name} ${id}`))

const unchecked = (report: readonly Audited[]) => report.flatMap((line) => line.unchecked)

addRecoveriesWithCodes()

beforeAll(async () => {
  await useEverything()
  // Codes before the oldest one that is left are taken for deleted.
  await pool().query(
    `update "Challenge" set "expiresAt" = $1 where id = (select id from "Challenge" where "userId" is null limit 1)`,
    [later(-HOUR)],
  )
  await Promise.all(ADDRESS.map(({ walk }) => walk()))
}, WALK_MS)

it('finds nothing in a database in which every flow was walked', async () => {
  const report = await audit()
  expect([found(report), unchecked(report)]).toEqual([[], []])
  for (const { number, rows } of report) if (number !== 6) expect(rows).toBeGreaterThan(20)
})

describe('finds', () => {
  it.each(BREAKS)('$invariant: $name', async ({ invariant, name, sql, idOf }) => {
    const account = await makeRecoverable()
    const id = await idOf(account)
    const line = `${invariant} ${name} ${id}`
    expect(found(await audit())).not.toContain(line)
    await tamper(sql, [id])
    expect(found(await audit())).toContain(line)
  })

  it.each(BREAKS.filter(({ name }) => NEED_EVENTS.includes(name)))(
    'no $name where the events of that time were deleted',
    async ({ invariant, name, sql, idOf }) => {
      const account = await makeRecoverable()
      const id = await idOf(account)
      await tamper(sql, [id])
      await tamper(
        `insert into "ActivityStart" ("userId", position, at, proof) values ($1, 1, $2, '')`,
        [account.userId, later(24 * HOUR)],
      )
      expect(found(await audit())).not.toContain(`${invariant} ${name} ${id}`)
    },
  )

  it('6: idle_transaction', async () => {
    const client = await pool().connect()
    await client.query('begin')
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    const line = `6 idle_transaction ${rows[0]?.pid}`
    const now = Date.now()
    const [early, late] = [new Date(now + 5_000), new Date(now + 16_000)]
    expect(found(await auditDatabase(early))).not.toContain(line)
    expect(found(await auditDatabase(late))).toContain(line)
    client.release(true)
  })

  it('a constraint that was dropped', async () => {
    const table = 'alter table "Challenge"'
    await pool().query(`${table} drop constraint "Challenge_attempts"`)
    const report = await audit()
    await pool().query(
      `${table} add constraint "Challenge_attempts" check (attempts between 0 and 5)`,
    )
    expect(found(report)).toContain('2 not_in_force Challenge_attempts')
  })
})

it.each(FORBIDDEN)('PostgreSQL forbids $what by $by', async ({ sql, by }) => {
  const account = await makeRecoverable()
  await expect(pool().query(sql, [account.userId])).rejects.toThrow(by)
})
