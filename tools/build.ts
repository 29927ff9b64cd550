import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cliError, main } from '@/lib/platform/command'
import { onStop } from '@/lib/platform/shutdown'
import { forgetBuild, hashSources, recordBuild } from './build-stamp'
import { bundle } from './bundle'
import { generateClient } from './prisma-client'

const NEXT = 'node_modules/next/dist/bin/next'
const STYLES = 'node_modules/@tailwindcss/postcss'

/** Compiles the processes and commands to dist and the pages to .next, and records from which sources. */
await main(async () => {
  if (!existsSync(STYLES))
    throw cliError(
      'A build needs the development packages, which are not installed: run "npm install --include=dev".',
    )
  const sources = hashSources()
  forgetBuild()
  generateClient()
  await bundle()
  const child = spawn(process.execPath, [NEXT, 'build'], {
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  })
  onStop(() => child.kill('SIGTERM'))
  const [status] = await once(child, 'exit')
  if (status !== 0) throw cliError('The build failed; the reason stands above.')
  recordBuild(sources)
})
process.exit()
