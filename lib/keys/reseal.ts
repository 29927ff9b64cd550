import type pg from 'pg'
import * as z from 'zod'
import { codeOf } from '@/lib/platform/command'
import { hashingKeyId, open, type SealedTable, seal, sealingKeyId } from '@/lib/platform/crypto'
import { pool } from '@/lib/platform/db'
import { pagesOf } from '@/lib/platform/pages'

const PAGE_ROWS = 500
const COUNTED_AT_ONCE = 20_000
const UNIQUE_VIOLATION = '23505'

/**
 * Rows that are now under the current keys, and the ids of rows that stay as they are: `unreadable`
 * ones cannot be decrypted here; a `doubled` one would equal another live address of an account or
 * another primary.
 */
export type Resealed = { changed: number; unreadable: string[]; doubled: string[] }

const rows = z.array(z.object({ id: z.string() }).catchall(z.string().nullable()))
type Row = z.output<typeof rows>[number]

/**
 * Rewrites the rows of a table that are not under the current keys: encrypts and hashes them again.
 * Yields after each page. Each page is a transaction of its own, so a call that is stopped loses
 * nothing, and the next call continues. It waits for no lock: a row that the product is changing is left for the next
 * call, so that no transaction of the product deadlocks with this one.
 */
export async function* resealTable(sealed: SealedTable): AsyncGenerator<Resealed> {
  for await (const page of pagesOf(sealed.table, PAGE_ROWS)) yield await resealPage(sealed, page)
}

async function resealPage(sealed: SealedTable, page: string): Promise<Resealed> {
  try {
    return await inTransaction((client) => resealRows(client, sealed, page))
  } catch (error) {
    if (codeOf(error) !== UNIQUE_VIOLATION) throw error
    return resealSingly(sealed, page)
  }
}

/** Counts the rows that `resealTable` would write. */
export async function countStale(sealed: SealedTable): Promise<number> {
  let total = 0
  for await (const page of pagesOf(sealed.table, COUNTED_AT_ONCE)) {
    const { rows } = await pool().query<{ count: number }>(
      `SELECT count(*)::int FROM "${sealed.table}" WHERE ${page} AND ${staleOf(sealed)}`,
      keysOf(sealed),
    )
    total += rows[0]?.count ?? 0
  }
  return total
}

/** One transaction for each row, which finds the row that a unique index refuses. */
async function resealSingly(sealed: SealedTable, page: string): Promise<Resealed> {
  const total: Resealed = { changed: 0, unreadable: [], doubled: [] }
  const { rows } = await pool().query<{ id: string }>(
    `SELECT id FROM "${sealed.table}" WHERE ${page} AND ${staleOf(sealed)}`,
    keysOf(sealed),
  )
  for (const { id } of rows) {
    try {
      const one = await inTransaction((client) => resealRows(client, sealed, `id = '${id}'`))
      total.changed += one.changed
      total.unreadable.push(...one.unreadable)
    } catch (error) {
      if (codeOf(error) !== UNIQUE_VIOLATION) throw error
      total.doubled.push(id)
    }
  }
  return total
}

async function resealRows(
  client: pg.PoolClient,
  sealed: SealedTable,
  page: string,
): Promise<Resealed> {
  const columns = ['id', ...(sealed.reads ?? []), ...sealed.sealed.map(({ column }) => column)]
  const found = await client.query(
    `SELECT ${columns.map((name) => `"${name}"::text`).join()} FROM "${sealed.table}"
     WHERE ${page} AND ${staleOf(sealed)} FOR NO KEY UPDATE SKIP LOCKED`,
    keysOf(sealed),
  )
  const stale = rows.parse(found.rows)
  const fresh = stale.map((row) => freshRow(sealed, row)).filter((row) => row !== undefined)
  if (fresh.length > 0) await update(client, sealed.table, fresh)
  const read = new Set(fresh.map(({ id }) => id))
  const unreadable = stale.map(({ id }) => id).filter((id) => !read.has(id))
  return { changed: fresh.length, unreadable, doubled: [] }
}

/** The columns to write; undefined for a row whose key is missing or that was altered. */
function freshRow({ sealed, reads = [], rehash }: SealedTable, row: Row): Row | undefined {
  try {
    const opened = sealed.map(({ column, context }) => {
      const stored = row[column] ?? null
      return { column, context, text: stored === null ? null : open(stored, context) }
    })
    const texts = opened.flatMap(({ column, text }) => (text === null ? [] : [[column, text]]))
    const kept = reads.map((name) => [name, row[name] ?? ''])
    return {
      id: row.id,
      ...Object.fromEntries(
        opened.map(({ column, context, text }) => [
          column,
          text === null ? null : seal(text, context),
        ]),
      ),
      ...rehash?.(Object.fromEntries([...kept, ...texts])),
    }
  } catch {
    return undefined
  }
}

async function update(client: pg.PoolClient, table: string, fresh: readonly Row[]) {
  const names = Object.keys(fresh[0] ?? {}).filter((name) => name !== 'id')
  const changes = names.map((name) => `"${name}" = fresh."${name}"`)
  const types = names.map((name) => `"${name}" text`)
  await client.query(
    `UPDATE "${table}" AS stored SET ${changes.join()}
     FROM jsonb_to_recordset($1::jsonb) AS fresh(id uuid, ${types.join()}) WHERE stored.id = fresh.id`,
    [JSON.stringify(fresh)],
  )
}

/** The condition of a row that is not under the current keys, which `keysOf` gives. */
function staleOf({ sealed, rehash }: SealedTable): string {
  const stale = sealed.map(({ column }) => `split_part("${column}", '.', 1) <> $1`)
  return `(${[...stale, ...(rehash ? ['"keyId" IS DISTINCT FROM $2'] : [])].join(' OR ')})`
}

const keysOf = ({ rehash }: SealedTable) =>
  rehash ? [sealingKeyId(), hashingKeyId()] : [sealingKeyId()]

async function inTransaction<Value>(work: (client: pg.PoolClient) => Promise<Value>) {
  const client = await pool().connect()
  try {
    await client.query('BEGIN')
    const value = await work(client)
    await client.query('COMMIT')
    return value
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}
