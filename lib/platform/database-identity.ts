import type pg from 'pg'

/**
 * The identifier of the server and the id of the database in it. A dump that is restored into a new
 * database keeps the row that was stored in the one before, so the two differ. A restart, a failover
 * to a replica and a recovery of the whole server change neither.
 */
const PRESENT = `(SELECT system_identifier FROM pg_control_system()) || '/' || (SELECT oid FROM pg_database WHERE datname = current_database())`

const READ = `SELECT stored.identity = ${PRESENT} AS same FROM "DatabaseIdentity" stored`
const KEEP = `INSERT INTO "DatabaseIdentity" (id, identity, since) VALUES (1, ${PRESENT}, now())
  ON CONFLICT (id) DO NOTHING`
const RENEW = `INSERT INTO "DatabaseIdentity" (id, identity, since) VALUES (1, ${PRESENT}, now())
  ON CONFLICT (id) DO UPDATE SET identity = excluded.identity, since = excluded.since`

const INSUFFICIENT_PRIVILEGE = '42501'

type Client = Pick<pg.ClientBase, 'query'>

/**
 * Whether these tables came from another database, and nobody has closed the restore yet. The first
 * process of a new database records it. A role that may not ask the server for its identifier learns
 * nothing.
 */
export async function isUnclosedRestore(client: Client): Promise<boolean> {
  try {
    const found = await client.query<{ same: boolean }>(READ)
    if (found.rows.length === 0) await client.query(KEEP)
    return found.rows[0]?.same === false
  } catch (error) {
    if (isUnable(error)) return false
    throw error
  }
}

/** Records that these tables belong to this database now. */
export async function renewIdentity(client: Client): Promise<void> {
  try {
    await client.query(RENEW)
  } catch (error) {
    if (!isUnable(error)) throw error
  }
}

const isUnable = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === INSUFFICIENT_PRIVILEGE
