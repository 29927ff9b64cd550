// `prisma generate` without the download of the schema engine: Prisma checks that the engine's file
// exists and never runs it.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cliError } from '@/lib/platform/command'

const SCHEMA = 'prisma/schema.prisma'
const STAMP = 'prisma/client/.stamp'

const WITHOUT_DOWNLOADS = {
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  CHECKPOINT_DISABLE: '1',
}

/**
 * Generates the database client if schema or packages have changed. Throws Prisma's output when it
 * fails.
 */
export function generateClient(): void {
  if (isClientFresh()) return
  const command = createRequire(import.meta.url).resolve('prisma/build/index.js')
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'generate'], {
    encoding: 'utf8',
    env: { ...process.env, ...WITHOUT_DOWNLOADS },
  })
  if (status !== 0)
    throw cliError(`The database client could not be generated:\n${stdout}${stderr}`)
  writeFileSync(STAMP, hashInputs())
}

/**
 * Whether the generated client matches schema.prisma. True without a schema, as in a production
 * install.
 */
export const isClientFresh = () =>
  !existsSync(SCHEMA) || (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hashInputs())

const hashInputs = () =>
  createHash('sha256')
    .update(readFileSync(SCHEMA))
    .update(readFileSync('package-lock.json'))
    .digest('hex')
