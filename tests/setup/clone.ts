import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { closeDb } from '@/lib/platform/db'
import { embed } from '../support/environment'

// A database of its own for each test file, before the file is loaded.
const name = `test_${randomBytes(8).toString('hex')}`
const url = new URL(inject('serverUrl'))

async function onServer(sql: string) {
  const client = new pg.Client({ connectionString: inject('serverUrl') })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

await onServer(`create database ${name} template ${inject('template')} strategy file_copy`)
url.pathname = `/${name}`
const folder = embed(url.href)

afterAll(async () => {
  await closeDb()
  await onServer(`drop database ${name} with (force)`)
  rmSync(folder, { recursive: true })
})
