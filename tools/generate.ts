// `prisma generate` without the schema engine's download: Prisma only asks whether the file exists, generating never runs it.
import { spawnSync } from 'node:child_process'
import { fault, main } from '@/lib/platform/command'
import { isClientFresh, prismaCommand, recordClient } from './prisma-client'

const WITHOUT_DOWNLOADS = {
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  CHECKPOINT_DISABLE: '1',
}

/** Generates the database client, when the schema has changed since the last time. */
await main(async () => {
  const command = prismaCommand()
  if (!command || isClientFresh()) return
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'generate'], {
    encoding: 'utf8',
    env: { ...process.env, ...WITHOUT_DOWNLOADS },
  })
  if (status !== 0) throw fault(`The database client could not be generated:\n${stdout}${stderr}`)
  recordClient()
})
