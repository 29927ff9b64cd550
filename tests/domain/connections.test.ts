import { expect, it } from 'vitest'
import { pool, queuePool } from '@/lib/platform/db'

const setting = async (of: typeof pool, name: string) =>
  (await of().query(`SELECT current_setting('${name}') AS value`)).rows[0].value

it('PostgreSQL compiles no statement of the queue', async () => {
  expect(await setting(queuePool, 'jit')).toBe('off')
})

it.each([
  ['the product', pool],
  ['the queue', queuePool],
])('PostgreSQL cancels a statement of %s after seven seconds', async (_, of) => {
  expect(await setting(of, 'statement_timeout')).toBe('7s')
})
