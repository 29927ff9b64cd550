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

/** A PostgreSQL for the run, and in it one migrated database, from which every test file gets a copy of its own. */
export default async function setUp(project: TestProject) {
  const cluster = createCluster(path.join(SCRATCH, 'database'), { isDurable: false })
  try {
    const { DATABASE_URL } = await cluster.start()
    const template = await makeTemplate(DATABASE_URL)
    project.provide('serverUrl', DATABASE_URL)
    project.provide('template', template)
  } catch (error) {
    await cluster.stop()
    throw error
  }
  return () => cluster.stop()
}

async function makeTemplate(serverUrl: string) {
  const template = `template_${hashMigrations().slice(0, 16)}`
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  const { rows } = await client.query<{ name: string }>(
    String.raw`select datname as name from pg_database where datname like 'test\_%' or datname like 'template\__%'`,
  )
  const outdated = rows.filter(
    ({ name }) => name !== template && name !== 'template0' && name !== 'template1',
  )
  for (const { name } of outdated)
    await client.query(`drop database if exists ${name} with (force)`)
  if (!rows.some(({ name }) => name === template)) await migrateNew(client, serverUrl, template)
  await client.end()
  return template
}

async function migrateNew(client: pg.Client, serverUrl: string, template: string) {
  const url = new URL(serverUrl)
  url.pathname = '/test_draft'
  await client.query('create database test_draft')
  const env = { ...process.env, ...emptyEnvironment(), DATABASE_URL: url.href }
  await promisify(execFile)(process.execPath, ['tools/run.mjs', 'migrate'], { env })
  await client.query(`alter database test_draft rename to ${template}`)
}
