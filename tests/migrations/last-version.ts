import { execFileSync } from 'node:child_process'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, inject, vi } from 'vitest'
import type { Caller } from '@/lib/accounts'
import { closeDb, db } from '@/lib/platform/db'
import facts from '../fixtures/last-version/facts.json'
import { embed } from '../support/environment'
import { messagesTo } from '../support/outbox'

/** Rows with the names of tables, columns and enum values at the version that wrote them. */
const ROWS = readFileSync('tests/fixtures/last-version/rows.sql', 'utf8')

const url = new URL(inject('serverUrl'))
url.pathname = `/test_${randomBytes(8).toString('hex')}`
embed(url.href)
Object.assign(process.env, facts.keys)

type Alias = keyof typeof facts.accounts

export const minutesLater = (minutes: number) =>
  new Date(new Date(facts.now).getTime() + minutes * 60_000)

export function callerOf(alias: Alias, minutes: number): Caller {
  const { userId, locale, origin } = facts.accounts[alias]
  return { userId, origin, locale: locale === 'en' ? 'en' : 'id', now: minutesLater(minutes) }
}

/** The code of a challenge that was not passed yet; `purpose` is its name at that version. */
export function codeOf(alias: Alias | null, purpose: string): string {
  const isWanted = (one: (typeof facts.codes)[number]) =>
    one.account === alias && one.purpose === purpose && !one.isPassed
  return facts.codes.find(isWanted)?.code ?? ''
}

export async function newestCode(address: Parameters<typeof messagesTo>[0]): Promise<string> {
  await db().message.deleteMany({ where: { sealedBody: null } })
  const codes = (await messagesTo(address)).flatMap(({ content }) =>
    content.kind === 'code' ? [content.code] : [],
  )
  return codes[0] ?? ''
}

async function onServer(sql: string, connectionString = inject('serverUrl')) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

/** Applies the migrations of that version, and records them as the command does. */
async function applyFormerMigrations() {
  await onServer(
    `CREATE TABLE "_prisma_migrations" (id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL,
      finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
      started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`,
    url.href,
  )
  for (const name of facts.migrations) {
    const sql = readFileSync(`prisma/migrations/${name}/migration.sql`, 'utf8')
    await onServer(sql, url.href)
    const checksum = createHash('sha256').update(sql).digest('hex')
    const row = [randomUUID(), checksum, name].map((value) => `'${value}'`).join()
    await onServer(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count) VALUES (${row}, now(), 1)`,
      url.href,
    )
  }
}

/** These hooks create a database with the rows of the last version, and migrate it. */
beforeAll(async () => {
  await onServer(`create database ${url.pathname.slice(1)}`)
  await applyFormerMigrations()
  await onServer(ROWS, url.href)
  execFileSync(process.execPath, ['server/run.mjs', 'migrate'], {
    env: { ...process.env, DATABASE_URL: url.href },
  })
  // The send limits read the clock of the system.
  vi.spyOn(Date, 'now').mockReturnValue(minutesLater(2).getTime())
}, 60_000)

afterAll(async () => {
  vi.restoreAllMocks()
  await closeDb()
  await onServer(`drop database ${url.pathname.slice(1)} with (force)`)
})
