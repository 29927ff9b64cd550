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
 * Finds the statements of a folder's migrations that rewrite a table, lock one for longer than a
 * moment, work through rows while their transaction holds such a lock, or break the processes of the release before. A comment `-- squawk-ignore <rule>` before
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
    ...(together ?? []).flatMap(({ name, sql }) =>
      findWorkUnderLock(sql).map((found) => `${fileOf(folder, name)}: ${found}`),
    ),
  ]
}

const fileOf = (folder: string, name: string) => path.join(folder, name, 'migration.sql')

/** Statements that keep other transactions from changing a table until the commit. */
const LOCKS =
  /^(?:alter table (?!.* validate constraint )|create (?:constraint )?trigger |drop trigger |create table .* references )/is
/** Statements that take longer the more rows a table has. */
const READS_ROWS =
  /^(?:insert into .* select |update |delete |alter table .* validate constraint )/is

/** Finds statements that work through a table after another one of their transaction has locked a table. */
function findWorkUnderLock(sql: string): string[] {
  const statements = sql
    .replace(/--.*$/gm, '')
    .replace(/\$\$.*?\$\$/gs, "''")
    .split(';')
    .map((statement) => statement.trim().replace(/\s+/g, ' '))
  const first = statements.findIndex((statement) => LOCKS.test(statement))
  const late = statements.slice(first + 1).filter((statement) => READS_ROWS.test(statement))
  return first < 0 ? [] : late.map((statement) => `work-under-lock: ${statement.slice(0, 60)}`)
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
      ...migrations.map(({ name }) => fileOf(folder, name)),
    ],
    { encoding: 'utf8' },
  )
  if (status === null || stdout === '') throw new Error(`squawk did not run: ${stderr}`)
  return Report.parse(JSON.parse(stdout)).map(
    ({ file, line, rule_name, message }) => `${file}:${line + 1}: ${rule_name}: ${message}`,
  )
}
