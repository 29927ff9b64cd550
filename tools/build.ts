import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cliError, main } from '@/lib/platform/command'
import { onStop } from '@/lib/platform/shutdown'
import { deploymentId, hashSources } from '@/server/source-hash.mjs'
import { invalidatePages, recordPages } from './build-stamp'
import { bundle } from './bundle'
import { generateClient } from './prisma-client'

const NEXT = 'node_modules/next/dist/bin/next'
const STYLES = 'node_modules/@tailwindcss/postcss'

/**
 * Next hashes it into the ids of server actions, so it must be equal in all builds: a form of one
 * release is then posted to another. It is no secret. Next would also encrypt with it the values
 * that an inline action captures; `tests/unit/web/actions.test.ts` refuses such actions.
 */
const ACTION_ID_SALT = createHash('sha256').update('recovery-account').digest('base64')

/**
 * Compiles processes and commands to dist/ and pages to .next/, and records the hash of their
 * sources.
 */
await main(async () => {
  if (!existsSync(STYLES))
    throw cliError(
      'The build needs the development packages, which are not installed. Run "npm install --include=dev".',
    )
  const sourceHash = hashSources()
  invalidatePages()
  generateClient()
  await bundle()
  const child = spawn(process.execPath, [NEXT, 'build'], {
    stdio: 'inherit',
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: ACTION_ID_SALT,
      NEXT_DEPLOYMENT_ID: deploymentId(sourceHash),
    },
  })
  onStop(() => child.kill('SIGTERM'))
  const [status] = await once(child, 'exit')
  if (status !== 0) throw cliError('The build failed. The messages above say why.')
  recordPages(sourceHash)
})
process.exit()
