import { type Audited, auditDatabase } from '@/lib/audit'
import { describeFailure } from '@/lib/platform/command'
import { connectDirectly } from '@/lib/platform/pool'
import { runCommand } from '@/lib/platform/process'
import { logAdmin } from './shared/admin-log'

const USAGE = `Usage: npm run audit [-- --json]
Checks over the whole database that the promises of docs/security.md hold. It only reads.
Exit code 0: they hold. 1: at least one is violated. 2: the database could not be checked.`

const VIOLATED = 1
const UNCHECKED = 2

await runCommand(async () => {
  const [, , ...options] = process.argv
  if (options.includes('--help')) return console.log(USAGE)
  if (options.some((option) => option !== '--json')) return fail(USAGE)
  try {
    // A pooler has no time limits of this process.
    connectDirectly()
    const report = await logAdmin({ change: 'audit' }, () => auditDatabase(new Date()))
    print(report, options.includes('--json'))
    process.exitCode = exitCodeOf(report)
  } catch (error) {
    fail(describeFailure(error))
  }
})

function fail(words: string) {
  console.error(words)
  process.exitCode = UNCHECKED
}

function exitCodeOf(report: readonly Audited[]) {
  if (report.some(({ violations }) => violations > 0)) return VIOLATED
  return report.some(({ unchecked }) => unchecked.length > 0) ? UNCHECKED : 0
}

function print(report: readonly Audited[], asJson: boolean) {
  if (asJson) console.log(JSON.stringify({ exitCode: exitCodeOf(report), invariants: report }))
  else for (const line of report) console.log(describe(line))
}

function describe({ number, statement, rows, violations, found, unchecked }: Audited) {
  const state = violations > 0 ? 'VIOLATED ' : unchecked.length > 0 ? 'UNCHECKED' : 'holds    '
  return [
    `${number} ${state} ${rows} row(s) checked, ${violations} violation(s). ${statement}`,
    ...found.map(({ name, table, id }) => `    ${name}: ${table} ${id}`),
    ...unchecked.map((reason) => `    not checked: ${reason}`),
  ].join('\n')
}
