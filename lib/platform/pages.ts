import { escapeLiteral } from 'pg'
import { pool } from './db'

/**
 * Conditions that divide a table into parts of about `size` rows by an indexed column, so that no
 * statement reads a whole table. Rows with an equal value are in one part.
 */
export async function* pagesOf(table: string, size: number, column = 'id'): AsyncGenerator<string> {
  let rest = 'true'
  for (;;) {
    const { rows } = await pool().query<{ end: string }>(
      `SELECT "${column}"::text AS end FROM "${table}" WHERE ${rest} ORDER BY "${table}"."${column}" OFFSET $1 LIMIT 1`,
      [size - 1],
    )
    const [last] = rows
    if (!last) return yield rest
    const end = escapeLiteral(last.end)
    yield `${rest} AND "${column}" <= ${end}`
    rest = `"${column}" > ${end}`
  }
}
