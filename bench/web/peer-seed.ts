import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { hashPassword } from '@/lib/accounts'
import { type BenchCustomer, PASSWORD } from './seed'

/** The wrong answers of a flow differ from it. */
export const PEER_CODE = '314159'
const LIFETIME_MS = 600_000

/** The tables of the peer, filled with the same customers. */
export type PeerDatabase = {
  /** Removes what earlier rounds left behind. */
  clear(): Promise<void>
  /** Begins a reset of each of these customers, with `PEER_CODE`. */
  beginResets(customers: readonly BenchCustomer[]): Promise<void>
  close(): Promise<void>
}

/** Opens the database of the peer and inserts the customers. */
export async function openPeerDatabase(
  databaseUrl: string,
  customers: readonly BenchCustomer[],
): Promise<PeerDatabase> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  // Without a listener, a failure elsewhere that ends PostgreSQL would hide behind this one.
  pool.on('error', () => {})
  const insert = (table: string, rows: readonly object[]) =>
    pool.query(
      `insert into "${table}" (${Object.keys(rows[0] ?? {})
        .map((name) => `"${name}"`)
        .join()}) select ${Object.keys(rows[0] ?? {})
        .map((name) => `"${name}"`)
        .join()} from json_populate_recordset(null::"${table}", $1)`,
      [JSON.stringify(rows)],
    )
  const now = new Date()
  const times = { createdAt: now, updatedAt: now }
  const password = await hashPassword(PASSWORD)
  await insert(
    'user',
    customers.map((each) => ({ ...userOf(each), ...times })),
  )
  await insert(
    'account',
    customers.map(({ userId }) => ({
      ...{ id: randomUUID(), accountId: userId, providerId: 'credential', userId, password },
      ...times,
    })),
  )
  await pool.query('vacuum (analyze)')
  return {
    async clear() {
      await pool.query('truncate "session", "verification"')
      await pool.query('checkpoint')
    },
    async beginResets(begun) {
      const expiresAt = new Date(Date.now() + LIFETIME_MS)
      const rows = begun.map(({ phone }) => ({
        ...{ id: randomUUID(), identifier: `phone-number-reset-${phone}`, expiresAt },
        ...{ value: `${PEER_CODE}:0`, createdAt: new Date(), updatedAt: new Date() },
      }))
      await insert('verification', rows)
    },
    close: () => pool.end(),
  }
}

const userOf = ({ userId, email, phone }: BenchCustomer) => ({
  ...{ id: userId, name: 'Ratna Wulandari', email, emailVerified: true },
  ...{ phoneNumber: phone, phoneNumberVerified: true },
})
