import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const SCHEMA = 'prisma/schema.prisma'
const FOLDER = 'prisma/migrations'
const LOCK = 'migration_lock.toml'
const FILE = 'migration.sql'

export const readSchema = () => ({ path: 'schema.prisma', content: readFileSync(SCHEMA, 'utf8') })

/** Reads the migrations into the input format of the schema engine. */
export function readMigrationDirectories() {
  const names = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return {
    baseDir: path.resolve(FOLDER),
    shadowDbInitScript: '',
    lockfile: {
      path: LOCK,
      content: existsSync(path.join(FOLDER, LOCK))
        ? readFileSync(path.join(FOLDER, LOCK), 'utf8')
        : null,
    },
    migrationDirectories: names
      .map(({ name }) => name)
      .sort()
      .map((name) => ({ path: name, migrationFile: { path: FILE, content: readSql(name) } })),
  }
}

/** Hashes everything that determines the schema of a migrated database. */
export function hashMigrations(): string {
  return createHash('sha256')
    .update(JSON.stringify(readMigrationDirectories().migrationDirectories))
    .digest('hex')
}

/** Writes a new migration and returns its path. */
export function writeMigration(name: string, sql: string, now: Date): string {
  const stamp = now.toISOString().replace(/\D/g, '').slice(0, 'yyyymmddhhmmss'.length)
  const folder = path.join(FOLDER, `${stamp}_${name}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, FILE), sql)
  return path.join(folder, FILE)
}

const readSql = (name: string) => ({
  tag: 'ok' as const,
  value: readFileSync(path.join(FOLDER, name, FILE), 'utf8'),
})
