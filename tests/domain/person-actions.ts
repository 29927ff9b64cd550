import { logIn } from '@/lib/accounts'
import { eraseByOperator, openPerson } from '@/lib/personal-data'
import type { Fact } from '@/lib/personal-data/facts'
import { type SectionName, sectionNames } from '@/lib/personal-data/words'
import { pool } from '@/lib/platform/db'
import { findAccount } from '@/lib/support'
import { NOW, newOrigin, PASSWORD } from '../support/accounts'
import { makeGuarded } from './freeze-actions'

/**
 * The tables that name an account. A new one belongs into the export and the erasure, unless it says nothing about a person, as
 * `ActivityStart`.
 */
export const TABLES = [
  'ActivityStart',
  'Address',
  'CallerWord',
  'Case',
  'Challenge',
  'FailureCount',
  'HeldPassword',
  'KnownDevice',
  'Message',
  'PointsEntry',
  'ResetLink',
  'SavedCode',
  'SecurityEvent',
  'Session',
  'StaffEvent',
  'UnfreezeFlow',
]

/** An account with rows in most tables. */
export async function makeLived() {
  const account = await makeGuarded()
  const origin = newOrigin()
  const login = { identifier: account.phone.value, origin, now: NOW }
  await logIn({ ...login, password: PASSWORD })
  await logIn({ ...login, password: 'bukan kata sandinya' })
  return { ...account, origin }
}

export const erase = ({ userId }: { userId: string }, now = NOW) =>
  eraseByOperator({ userId, reason: 'permintaan lewat surat', now })

/** The tables with a column that names an account, and how many of its rows each has. */
export async function rowsByTable({ userId }: { userId: string }) {
  const { rows } = await pool().query<{ table: string; column: string }>(
    `select c.table_name as table, c.column_name as column from information_schema.columns c
      where c.table_schema = 'public' and (c.column_name = 'userId' or (c.table_name, c.column_name) = ('FailureCount', 'account'))`,
  )
  const counts = rows.map(async ({ table, column }) => {
    const sql = `select count(*)::int as n from "${table}" where "${column}"::text = $1`
    const counted = await pool().query<{ n: number }>(sql, [userId])
    return [table, counted.rows[0]?.n ?? 0] as const
  })
  return Object.fromEntries((await Promise.all(counts)).toSorted())
}

export const referenceOf = async ({ userId }: { userId: string }) => {
  const { rows } = await pool().query<{ reference: string }>(
    'select reference from "SecurityEvent" where "userId" = $1 order by position limit 1',
    [userId],
  )
  return rows[0]?.reference ?? ''
}

export const isFound = async (named: string) => (await findAccount(named)) !== null

export const openIt = (userId: string, isOperator = false) =>
  openPerson(userId, NOW, { isOperator })

/** Every row of every section. */
export async function collect(userId: string) {
  const { sections } = await openIt(userId)
  const all = sectionNames.map(async (name) => {
    const facts: Fact[] = []
    for await (const page of sections[name]()) facts.push(...page)
    return [name, facts] as const
  })
  const read: Partial<Record<SectionName, Fact[]>> = Object.fromEntries(await Promise.all(all))
  return (name: SectionName) => read[name] ?? []
}
