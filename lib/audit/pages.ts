import { type Check, TABLES, type Table } from './check'
import type { Read } from './read'

/** So few that a statement stays far below the time limit of a statement. */
const ROWS_AT_ONCE = 2_000

/** A violation: the check and the id of the row. */
type Found = { check: Check; id: string }

type Judged = { key: string[]; names: string[]; total: number }

/**
 * Reads a table in the order of its key, page by page, and yields how many rows a page has and which
 * of them are broken. A row that is written meanwhile is read or not, as its key has it.
 */
export async function* judgeTable(
  read: Read,
  table: Table,
  checks: readonly Check[],
): AsyncGenerator<{ rows: number; found: Found[] }> {
  const byName = new Map(checks.map((check) => [check.name, check]))
  for (let after: string[] | undefined; ; ) {
    const judged = await read<Judged>(pageSql(table, checks, after !== undefined), after ?? [])
    const last = judged.at(-1)
    const rows = last?.total ?? 0
    const found = judged.flatMap(({ key, names }) =>
      names.flatMap((name) => {
        const check = byName.get(name)
        return check ? [{ check, id: idOf(table, key) }] : []
      }),
    )
    yield { rows, found }
    if (!last || rows < ROWS_AT_ONCE) return
    after = last.key
  }
}

/** The broken rows of a page, and its last one. */
function pageSql(table: Table, checks: readonly Check[], continues: boolean) {
  const columns = TABLES[table].map((column) => `r.${column}`)
  const key = columns.join(', ')
  const types = table === 'FailureCount' ? 'text' : 'uuid'
  const after = columns.map((_, nth) => `$${nth + 1}::${types}`).join(', ')
  const names = checks.map(({ name, broken }) => `case when ${broken} then '${name}' end`)
  return `with page as materialized (
      select * from "${table}" r where ${continues ? `(${key}) > (${after})` : 'true'}
      order by ${key} limit ${ROWS_AT_ONCE}),
    judged as (
      select array[${columns.map((column) => `${column}::text`).join(', ')}] as key,
        array_remove(array[${names.join(', ')}]::text[], null) as names,
        row_number() over (order by ${key}) as nth, count(*) over ()::int as total
      from page r)
    select key, names, total from judged where names <> '{}' or nth = total order by nth`
}

/** Where an unknown account fails, its key is a keyed hash: a part of it finds the row. */
const idOf = (table: Table, [first = '', ...rest]: readonly string[]) =>
  table === 'FailureCount' ? [first.slice(0, 36), ...rest.slice(0, 1)].join(' ') : first
