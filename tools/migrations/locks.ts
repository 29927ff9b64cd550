import { spawnSync } from 'node:child_process'
import path from 'node:path'
import * as z from 'zod'
import { type Migration, readMigrations } from '@/server/migrations/files'

/** The newest migration that was applied before this check existed. Applied files never change. */
const UNCHECKED_UNTIL = '20261125220500_refused_account'

/** The oldest supported server, on which the most changes rewrite a table. */
const POSTGRESQL = '15'

/**
 * Rules of squawk that are about style, and those whose fault `server/migrate.ts` excludes: it limits
 * the wait for a lock itself, and what fails in a transaction leaves nothing behind.
 */
const EXCLUDED = [
  'prefer-bigint-over-int',
  'prefer-robust-stmts',
  'prefer-text-field',
  'require-enum-value-ordering',
  'require-lock-timeout',
  'require-statement-timeout',
]

const Report = z.array(
  z.object({ file: z.string(), line: z.number(), rule_name: z.string(), message: z.string() }),
)

/**
 * Finds the statements of a folder's migrations that rewrite a table, or lock one for longer than
 * a moment, or break the processes of the release before. A comment `-- squawk-ignore <rule>` before
 * a statement permits it, for example the removal of a column that the release before does not use.
 */
export function findLocks(folder: string, after = UNCHECKED_UNTIL): string[] {
  const migrations = readMigrations(folder).filter(({ name }) => name > after)
  const [together, alone] = [true, false].map((isTransactional) =>
    migrations.filter((migration) => migration.isTransactional === isTransactional),
  )
  return [
    ...runSquawk(folder, together ?? [], ['--assume-in-transaction']),
    ...runSquawk(folder, alone ?? [], ['--no-assume-in-transaction']),
  ]
}

function runSquawk(folder: string, migrations: readonly Migration[], options: readonly string[]) {
  if (migrations.length === 0) return []
  const { stdout, stderr, status } = spawnSync(
    'node_modules/.bin/squawk',
    [
      ...options,
      '--reporter=json',
      `--pg-version=${POSTGRESQL}`,
      `--exclude=${EXCLUDED.join(',')}`,
      ...migrations.map(({ name }) => path.join(folder, name, 'migration.sql')),
    ],
    { encoding: 'utf8' },
  )
  if (status === null || stdout === '') throw new Error(`squawk did not run: ${stderr}`)
  return Report.parse(JSON.parse(stdout)).map(
    ({ file, line, rule_name, message }) => `${file}:${line + 1}: ${rule_name}: ${message}`,
  )
}
