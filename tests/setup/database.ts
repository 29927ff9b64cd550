import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { createCluster } from '@/tools/launcher/postgres/cluster'
import { hashMigrations } from '@/tools/migrations/files'
import { emptyEnvironment, SCRATCH } from '../support/environment'

declare module 'vitest' {
  export interface ProvidedContext {
    serverUrl: string
    template: string
  }
}

type Server = { serverUrl: string; template: string; stop: () => Promise<void> }

/** Several projects of one run share the server. */
const shared: typeof globalThis & { testDatabaseServer?: Promise<Server> } = globalThis

/** The databases of test runs. No other database of a server is dropped. */
const OWN_DATABASES = '^((test|template)_[0-9a-f]{16}|test_draft)$'

/**
 * A PostgreSQL for the run, and in it one migrated database. Each test process gets a copy of that.
 * TEST_DATABASE_URL names a server that runs already.
 */
export default async function setUp(project: TestProject) {
  shared.testDatabaseServer ??= startServer()
  const { serverUrl, template, stop } = await shared.testDatabaseServer
  project.provide('serverUrl', serverUrl)
  project.provide('template', template)
  return stop
}

async function startServer(): Promise<Server> {
  const given = process.env.TEST_DATABASE_URL
  if (given) return { serverUrl: given, template: await makeTemplate(given), stop: async () => {} }
  const cluster = createCluster(path.join(SCRATCH, 'database'), { isDurable: false })
  try {
    const { DATABASE_URL: serverUrl } = await cluster.start()
    return { serverUrl, template: await makeTemplate(serverUrl), stop: () => cluster.stop() }
  } catch (error) {
    await cluster.stop()
    throw error
  }
}

async function makeTemplate(serverUrl: string) {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    return await findTemplate(client, serverUrl)
  } finally {
    await client.end()
  }
}

async function findTemplate(client: pg.Client, serverUrl: string) {
  const template = `template_${hashMigrations().slice(0, 16)}`
  const { rows } = await client.query<{ name: string }>(
    'select datname as name from pg_database where datname ~ $1',
    [OWN_DATABASES],
  )
  const names = rows.map(({ name }) => name)
  for (const name of names.filter((other) => other !== template))
    await client.query(`drop database if exists ${name} with (force)`)
  if (!names.includes(template)) await migrateNew(client, serverUrl, template)
  return template
}

async function migrateNew(client: pg.Client, serverUrl: string, template: string) {
  const url = new URL(serverUrl)
  url.pathname = '/test_draft'
  await client.query('create database test_draft')
  const env = { ...process.env, ...emptyEnvironment(), DATABASE_URL: url.href }
  await promisify(execFile)(process.execPath, ['server/run.mjs', 'migrate'], { env })
  await client.query(`alter database test_draft rename to ${template}`)
}
