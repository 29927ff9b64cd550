import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, rmSync } from 'node:fs'
import { fault, main } from '@/lib/platform/command'
import { onStop } from '@/lib/platform/shutdown'
import { hashSources, recordBuild } from './build-stamp'

const NEXT = 'node_modules/next/dist/bin/next'
const STYLES = 'node_modules/@tailwindcss/postcss'

/** Builds the pages for production, and records from which sources. */
await main(async () => {
  if (!existsSync(STYLES))
    throw fault(
      'A build needs the development packages, which are not installed: run "npm install --include=dev".',
    )
  const sources = hashSources()
  rmSync('.next/BUILD_ID', { force: true })
  const child = spawn(process.execPath, [NEXT, 'build'], {
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  })
  onStop(() => child.kill('SIGTERM'))
  const [status] = await once(child, 'exit')
  if (status !== 0) throw fault('The build failed; the reason stands above.')
  recordBuild(sources)
})
process.exit()
