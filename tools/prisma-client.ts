// `prisma generate` without the schema engine's download: Prisma only asks whether the file exists, generating never runs it.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fault } from '@/lib/platform/command'

const SCHEMA = 'prisma/schema.prisma'
const STAMP = 'prisma/client/.stamp'

const WITHOUT_DOWNLOADS = {
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  CHECKPOINT_DISABLE: '1',
}

/** Generates the database client, when the schema has changed since the last time. Throws what Prisma says when it cannot. */
export function generateClient(): void {
  if (isClientFresh()) return
  const command = createRequire(import.meta.url).resolve('prisma/build/index.js')
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'generate'], {
    encoding: 'utf8',
    env: { ...process.env, ...WITHOUT_DOWNLOADS },
  })
  if (status !== 0) throw fault(`The database client could not be generated:\n${stdout}${stderr}`)
  writeFileSync(STAMP, hashSchema())
}

/** Whether the generated client is that of schema.prisma as it is now, or there is no schema to generate one from. */
export const isClientFresh = () =>
  !existsSync(SCHEMA) || (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hashSchema())

const hashSchema = () =>
  createHash('sha256')
    .update(readFileSync(SCHEMA))
    .update(readFileSync('package-lock.json'))
    .digest('hex')
