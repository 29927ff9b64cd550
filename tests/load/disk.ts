import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type pg from 'pg'

const DISK = 'size=96m'
const CHUNK = Buffer.alloc(256 * 1024)
/** The user `nobody`, who runs PostgreSQL when root starts it. */
const OWNER = 'uid=65534,gid=65534,mode=0700'

const ALL_TABLES = `
  select format('alter table %I.%I set tablespace %%s', schemaname, tablename) as "alter" from pg_tables
  where schemaname = 'public'
  union all select format('alter index %I.%I set tablespace %%s', schemaname, indexname) from pg_indexes
  where schemaname = 'public'`

/**
 * Puts every table and index on a small disk of its own and fills it. A disk in memory needs the right
 * to mount one, which root has.
 */
export async function fillDisk(admin: pg.Client) {
  const folder = mkdtempSync(path.join(tmpdir(), 'disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `${DISK},${OWNER}`, 'tmpfs', folder])
  await admin.query(`create tablespace small location '${folder}'`)
  await moveTables(admin, 'small')
  const filler = path.join(folder, 'filler')
  fill(filler)
  return {
    async free() {
      rmSync(filler)
      await moveTables(admin, 'pg_default')
      await admin.query('drop tablespace small')
      execFileSync('umount', [folder])
      rmSync(folder, { recursive: true })
    },
  }
}

/** Each in a transaction of its own, so that none waits for long with locks on the others. */
async function moveTables(admin: pg.Client, tablespace: string) {
  const { rows } = await admin.query<{ alter: string }>(ALL_TABLES)
  for (const { alter } of rows) await admin.query(alter.replace('%s', tablespace))
}

function fill(file: string) {
  const descriptor = openSync(file, 'w')
  try {
    while (writeSync(descriptor, CHUNK) > 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  } finally {
    closeSync(descriptor)
  }
}
