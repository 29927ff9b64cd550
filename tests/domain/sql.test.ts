import { randomUUID } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { db, pool, transaction } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { logSecurity } from '@/lib/platform/security-log'
import { readTogether, run, sendForRows, sqlTransaction } from '@/lib/platform/sql'
import { type AnyTx, runIn, sendIn, statement } from '@/lib/platform/statement'
import { atOnce } from '../support/accounts'

const INSERT = statement(
  'test_insert_limit',
  `insert into "RateLimit" (key, points, expire) values ($1, $2::int, 0)`,
)
const RAISE = statement(
  'test_raise_limit',
  `update "RateLimit" set points = points + 1 where key = $1`,
)
const DIVIDE = statement<{ ratio: number }>('test_divide', 'select 1 / $1::int as ratio')

const newKey = () => `test:${randomUUID()}`
const read = async (key: string) => (await db().rateLimit.findUnique({ where: { key } }))?.points

describe('a transaction of statements', () => {
  it('commits statements that nobody waited for, in their order', async () => {
    const key = newKey()
    await sqlTransaction(async (sql) => {
      await sendIn(sql, INSERT, [key, 1])
      await sendIn(sql, RAISE, [key])
      await sendIn(sql, RAISE, [key])
    })
    expect(await read(key)).toBe(3)
  })

  it('rolls back, logs nothing and throws the first failure when one fails', async () => {
    const [key, warn] = [newKey(), vi.spyOn(log, 'warn').mockReturnValue()]
    const failing = sqlTransaction(async (sql) => {
      logSecurity('sequence_fail', {})
      await sendIn(sql, INSERT, [key, 1])
      await sendIn(sql, DIVIDE, [0])
      // PostgreSQL refuses it, because the transaction has failed.
      await sql.run(RAISE, [key])
    })
    await expect(failing).rejects.toThrow('division by zero')
    expect([await read(key), warn.mock.calls]).toEqual([undefined, []])
  })

  it.each([
    ['statements', sqlTransaction],
    ['Prisma', transaction],
  ])('of %s gives rows that nobody waited for when it has committed', async (_, run) => {
    const divided: unknown[] = []
    const divide = (by: number) =>
      run((tx: AnyTx) =>
        sendForRows(tx, DIVIDE, [by], (rows) => divided.push(...rows)).then(() => divided.length),
      )
    expect([await divide(1), divided]).toEqual([0, [{ ratio: 1 }]])
    await expect(divide(0)).rejects.toThrow('division by zero')
    expect(divided).toHaveLength(1)
  })

  it('rolls back when its work throws', async () => {
    const key = newKey()
    const failing = sqlTransaction(async (sql) => {
      await sendIn(sql, INSERT, [key, 1])
      throw new Error('refused')
    })
    await expect(failing).rejects.toThrow('refused')
    expect(await read(key)).toBeUndefined()
  })

  it('gives its connection back, however it ends', async () => {
    const times = (pool().options.max ?? 0) * 2
    await atOnce(times, () => sqlTransaction((sql) => sql.run(DIVIDE, [0])).catch(() => 'failed'))
    expect(await atOnce(times, () => sqlTransaction((sql) => sql.run(DIVIDE, [1])))).toHaveLength(
      times,
    )
    expect(pool().waitingCount).toBe(0)
  })
})

it('statements that are begun together in a transaction of Prisma run in their order', async () => {
  const key = newKey()
  await transaction((tx) =>
    Promise.all([runIn(tx, INSERT, [key, 1]), runIn(tx, RAISE, [key]), runIn(tx, RAISE, [key])]),
  )
  expect(await read(key)).toBe(3)
})

it('a statement that fails outside a transaction does not stop those that follow', async () => {
  const [failed, done] = await Promise.allSettled([
    runIn(db(), DIVIDE, [0]),
    runIn(db(), DIVIDE, [1]),
  ])
  expect([failed.status, done.status]).toEqual(['rejected', 'fulfilled'])
  expect(await runIn(db(), DIVIDE, [1])).toEqual([{ ratio: 1 }])
})

it('a statement that is first sent in a failed transaction can be used afterwards', async () => {
  const late = statement<{ one: number }>(`test_${randomUUID()}`, 'select 1 as one')
  const times = pool().options.max ?? 0
  await atOnce(times, () =>
    sqlTransaction(async (sql) => {
      await sendIn(sql, DIVIDE, [0])
      await sql.run(late, [])
    }).catch(() => {}),
  )
  expect(await atOnce(times, () => run(late, []))).toEqual(Array(times).fill([{ one: 1 }]))
})

it('a failed read leaves the others of the same connection alone', async () => {
  const [failed, done] = await readTogether((sql) =>
    Promise.allSettled([sql.run(DIVIDE, [0]), sql.run(DIVIDE, [1])]),
  )
  expect([failed.status, done]).toEqual([
    'rejected',
    { status: 'fulfilled', value: [{ ratio: 1 }] },
  ])
  expect(await run(DIVIDE, [1])).toEqual([{ ratio: 1 }])
})
