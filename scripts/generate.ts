// `prisma generate` without the schema engine's download: Prisma only asks whether the file exists, generating never runs it.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const SCHEMA = 'prisma/schema.prisma'
const STAMP = 'prisma/client/.stamp'

function prismaCommand(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('prisma/build/index.js')
  } catch {
    return undefined
  }
}

function generate(command: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'generate'], {
    encoding: 'utf8',
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  })
  if (status !== 0) console.error(stdout + stderr)
  return status === 0
}

const command = prismaCommand()
if (command && existsSync(SCHEMA)) {
  const stamp = createHash('sha256')
    .update(readFileSync(SCHEMA))
    .update(readFileSync(new URL('../package.json', `file://${command}`)))
    .digest('hex')
  const isFresh = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp
  if (!isFresh) {
    if (generate(command)) writeFileSync(STAMP, stamp)
    else process.exitCode = 1
  }
}
