import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import * as z from 'zod'
import { dataDir } from '../support/running'

const embedded = z.object({ DATABASE_URL: z.string() })

/** Every row of every table of the running product, as text by table name. */
export function dumpDatabase(): Promise<Record<string, string>> {
  return onDatabase(async (client) => {
    const { rows } = await client.query<{ name: string }>(TABLES)
    const dump: Record<string, string> = {}
    for (const { name } of rows) {
      const read = await client.query<{ text: string }>(
        `select coalesce(json_agg(t order by t::text), '[]')::text as text from ${name} t`,
      )
      dump[name] = read.rows[0]?.text ?? ''
    }
    return dump
  })
}

/** How many messages wait in the queue. */
export function countWaiting(): Promise<number> {
  return onDatabase(
    async (client) =>
      (await client.query('select 1 from "Message" where "runAt" is not null')).rowCount ?? 0,
  )
}

async function onDatabase<Value>(read: (client: pg.Client) => Promise<Value>) {
  const { DATABASE_URL } = embedded.parse(
    JSON.parse(readFileSync(path.join(dataDir(), 'embedded.json'), 'utf8')),
  )
  const client = new pg.Client({ connectionString: DATABASE_URL })
  await client.connect()
  return read(client).finally(() => client.end())
}

const TABLES = `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
  where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`

const HASHES = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']

/** The forms of a text that need no key: plain, encoded, or as a hash of anything in `salted`. */
export function formsOf(secret: string, salted: readonly string[] = ['']): string[] {
  const bytes = Buffer.from(secret)
  const hashes = HASHES.flatMap((name) =>
    salted.flatMap((salt) =>
      [salt + secret, `${salt}:${secret}`, secret + salt].map((text) =>
        createHash(name).update(text).digest(),
      ),
    ),
  )
  const encoded = [bytes, ...hashes].flatMap((value) => [
    value.toString('hex'),
    inBase64(value),
    inBase64(value).replaceAll('+', '-').replaceAll('/', '_'),
  ])
  return [...new Set([secret, ...encoded])]
}

/** The last characters depend on the bytes that follow, so they are left out. */
const inBase64 = (bytes: Buffer) => bytes.toString('base64').replace(/.?=*$/, '')
