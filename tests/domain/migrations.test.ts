import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, inject, it } from 'vitest'
import { applyMigrations } from '@/server/migrations'
import { newFolder } from '../support/environment'

let url: string
let folder: string

beforeEach(async () => {
  const own = new URL(inject('serverUrl'))
  own.pathname = `/test_${randomBytes(8).toString('hex')}`
  url = own.href
  folder = newFolder('migrations')
  await query(`create database ${nameOf(url)}`, inject('serverUrl'))
})

afterEach(async () => {
  rmSync(folder, { recursive: true })
  await query(`drop database ${nameOf(url)} with (force)`, inject('serverUrl'))
})

const nameOf = (href: string) => new URL(href).pathname.slice(1)

async function query(sql: string, connectionString = url) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  return client.query(sql).finally(() => client.end())
}

function write(name: string, sql: string) {
  mkdirSync(path.join(folder, name), { recursive: true })
  writeFileSync(path.join(folder, name, 'migration.sql'), sql)
}

const tables = async () =>
  (await query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`)).rows.map(
    ({ tablename }) => tablename,
  )
const recorded = async () =>
  (await query('SELECT migration_name FROM "_prisma_migrations" ORDER BY 1')).rows.map(
    ({ migration_name }) => migration_name,
  )

it('migrations are applied once, in the order of their names, by any number of processes at once', async () => {
  const applied = await Promise.all([1, 2, 3, 4].map(() => applyMigrations(url)))
  const names = applied.flat()
  expect(names.length).toBeGreaterThan(4)
  expect(names).toEqual([...new Set(names)].sort())
  expect(await recorded()).toEqual(names)
  expect(await applyMigrations(url)).toEqual([])
})

it('an index that is created concurrently does not wait for a process that waits to migrate', async () => {
  write('1_table', 'CREATE TABLE one (id int)')
  write('2_index', '-- no transaction\nCREATE INDEX CONCURRENTLY one_id ON one (id)')
  const applied = await Promise.all([1, 2, 3].map(() => applyMigrations(url, folder)))
  expect(applied.flat()).toEqual(['1_table', '2_index'])
})

it('a migration that fails leaves nothing of itself, and those before it stay', async () => {
  write('1_table', 'CREATE TABLE one (id int)')
  write('2_broken', 'CREATE TABLE two (id int); SELECT 1 / 0')
  await expect(applyMigrations(url, folder)).rejects.toThrow('2_broken failed: division by zero')
  expect([await tables(), await recorded()]).toEqual([['_prisma_migrations', 'one'], ['1_table']])
  write('2_broken', 'CREATE TABLE two (id int)')
  expect(await applyMigrations(url, folder)).toEqual(['2_broken'])
})

it('nothing is applied where an earlier migration was changed, or was not finished', async () => {
  write('1_table', 'CREATE TABLE one (id int)')
  await applyMigrations(url, folder)
  write('1_table', 'CREATE TABLE one (id bigint)')
  write('2_table', 'CREATE TABLE two (id int)')
  await expect(applyMigrations(url, folder)).rejects.toThrow('1_table was changed')
  await query('UPDATE "_prisma_migrations" SET finished_at = NULL')
  await expect(applyMigrations(url, folder)).rejects.toThrow('1_table was begun and not finished')
  expect(await tables()).toEqual(['_prisma_migrations', 'one'])
})
