import { spawnSync } from 'node:child_process'
import pg from 'pg'
import { expect, it } from 'vitest'
import { env } from '@/lib/platform/env'

const PASSWORD = 'sandi-yang-dirahasiakan'

/** The URL of the test's own database, with parts replaced. */
const databaseUrl = (parts: Partial<URL>) => Object.assign(new URL(env().DATABASE_URL), parts).href
const { hostname } = new URL(env().DATABASE_URL)

function migrate(DATABASE_URL: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['server/run.mjs', 'migrate'], {
    env: { ...process.env, DATABASE_URL },
    encoding: 'utf8',
  })
  return { status, output: stdout + stderr }
}

async function openDatabaseOfAnother() {
  const client = new pg.Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  await client.query('DROP TABLE "_prisma_migrations"').finally(() => client.end())
  return env().DATABASE_URL
}

it.each<[string, () => string | Promise<string>, string[], RegExp]>([
  ['is no URL', () => `${PASSWORD} toko`, ['toko'], /must be a postgresql:\/\/ URL/],
  [
    'leads to no server',
    () => databaseUrl({ port: '9', password: PASSWORD }),
    [hostname],
    /could not be migrated/,
  ],
  [
    'names a user who is not there',
    () => databaseUrl({ username: 'tiada', password: PASSWORD }),
    [hostname, 'tiada'],
    /could not be migrated/,
  ],
  [
    'names a database that is not there',
    () => databaseUrl({ pathname: '/tiada' }),
    [hostname, 'tiada'],
    /could not be migrated/,
  ],
  [
    'names the database of another program',
    openDatabaseOfAnother,
    [hostname, new URL(env().DATABASE_URL).pathname.slice(1)],
    /not empty/,
  ],
])('npm run migrate prints no part of a DATABASE_URL that %s', async (_, given, parts, words) => {
  const url = await given()
  const { status, output } = migrate(url)
  expect([status, output]).toEqual([1, expect.stringMatching(words)])
  const { password } = new URL(env().DATABASE_URL)
  // A server that trusts this machine needs no password.
  for (const part of [...parts, PASSWORD, ...(password ? [password] : [])])
    expect(output).not.toContain(part)
})
