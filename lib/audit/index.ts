import { describeDatabaseError } from '@/lib/platform/database-error'
import { env } from '@/lib/platform/env'
import { accountChecks } from './account-checks'
import { CARE_CHECKS } from './care-checks'
import { type Check, TABLES, type Table } from './check'
import { codeChecks } from './code-checks'
import { messageChecks } from './message-checks'
import { judgeTable } from './pages'
import { type Read, withReader } from './read'
import { type Audited, addViolation, linesOf, newReport } from './report'
import { checkFacts, checkTransactions } from './server-checks'
import { readTimes } from './times'

export type { Invariant } from './invariants'
export type { Audited } from './report'

/**
 * Checks every invariant over the whole database. It only reads, page by page, each page in a
 * read-only transaction that the limits of `lib/platform/pool.ts` end, so it may run at any time.
 * What cannot be read is named in `unchecked`, and the rest is checked.
 */
export async function auditDatabase(now: Date): Promise<Audited[]> {
  const report = newReport()
  await withReader(async (read) => {
    await tryPart(report, 'constraints', () => checkFacts(read, report))
    const transactions = linesOf(report, [6])
    await tryPart(transactions, 'open transactions', () =>
      checkTransactions(read, transactions, now),
    )
    await tryPart(report, 'tables', () => checkTables(read, report, now))
  })
  return report
}

async function checkTables(read: Read, report: Audited[], now: Date) {
  const times = await readTimes(read, now)
  const checks = [
    ...codeChecks(times),
    ...accountChecks(times),
    ...messageChecks(times),
    ...CARE_CHECKS,
  ]
  for (const table of tableNames()) {
    const own = checks.filter((check) => check.table === table)
    const numbers = own.map(({ invariant }) => invariant)
    const lines = linesOf(report, numbers)
    await tryPart(lines, table, () => checkTable(read, lines, table, own))
  }
}

const tableNames = () => Object.keys(TABLES).filter((name): name is Table => name in TABLES)

async function checkTable(read: Read, lines: Audited[], table: Table, checks: Check[]) {
  for await (const { rows, found } of judgeTable(read, table, checks)) {
    for (const line of lines) line.rows += rows
    for (const { check, id } of found)
      for (const line of linesOf(lines, [check.invariant]))
        addViolation(line, { name: check.name, table, id })
  }
}

/** Runs a part of the audit. When it fails, the invariants that it concerns are unchecked. */
async function tryPart(lines: Audited[], what: string, work: () => Promise<void>) {
  try {
    await work()
  } catch (error) {
    const { DATABASE_URL, DATABASE_DIRECT_URL = DATABASE_URL } = env()
    const reason = `${what}: ${describeDatabaseError(error, DATABASE_DIRECT_URL)}`
    for (const line of lines) line.unchecked.push(reason)
  }
}
