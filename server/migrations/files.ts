import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const FILE = 'migration.sql'

/**
 * First line of a migration whose statement PostgreSQL refuses in a transaction, such as CREATE
 * INDEX CONCURRENTLY.
 */
const NO_TRANSACTION = /^-- no transaction\s*$/m

/**
 * A line that names the checksum of an earlier text of the file. The text was edited to hold its locks
 * for less time; both lead to the same tables.
 */
const FORMERLY = /^-- formerly ([0-9a-f]{64})$/gm

export type Migration = {
  name: string
  sql: string
  checksum: string
  formerChecksums: string[]
  isTransactional: boolean
}

/** Reads the migrations of a folder in the order of their names, in which they are applied. */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(path.join(folder, entry.name, FILE)))
    .map(({ name }) => readMigration(folder, name))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
}

function readMigration(folder: string, name: string): Migration {
  const sql = readFileSync(path.join(folder, name, FILE), 'utf8')
  const [firstLine = ''] = sql.split('\n', 1)
  return {
    name,
    sql,
    checksum: createHash('sha256').update(sql).digest('hex'),
    formerChecksums: [...sql.matchAll(FORMERLY)].map(([, checksum = '']) => checksum),
    isTransactional: !NO_TRANSACTION.test(firstLine),
  }
}
