import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import pg from 'pg'
import { readMigrations } from '@/server/migrations/files'
import { openHistory, recordFinish, recordStart } from '@/server/migrations/history'

/** The newest migration of the last release. */
export const LAST_RELEASE = '20261125220500_refused_account'

const MIGRATIONS = 'prisma/migrations'

/** A database of the last release with so many accounts, on this server. Returns its URL. */
export async function createFormerDatabase(serverUrl: string, accounts: number): Promise<string> {
  const name = `bench_${randomUUID().slice(0, 8)}`
  await onDatabase(serverUrl, (client) => client.query(`create database ${name}`))
  const url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href
  await onDatabase(url, async (client) => {
    await openHistory(client)
    for (const migration of readMigrations(MIGRATIONS)) {
      if (migration.name > LAST_RELEASE) continue
      const id = await recordStart(client, migration)
      await client.query(migration.sql)
      await recordFinish(client, id)
    }
    const rows = readFileSync('bench/migration/former-rows.sql', 'utf8')
    await client.query(rows.replaceAll('ACCOUNTS', String(accounts)))
    await client.query('checkpoint')
  })
  return url
}

async function onDatabase<Value>(url: string, work: (client: pg.Client) => Promise<Value>) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return work(client).finally(() => client.end())
}
