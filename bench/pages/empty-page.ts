import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { SCRATCH } from '@/tests/support/environment'
import { findPort } from '@/tests/support/product'

const NEXT = 'node_modules/next/dist/bin/next'
const HOME = path.join(SCRATCH, 'empty-page')
const LOOK_EVERY_MS = 100

// A page that lets no other site hold it in a window begins in a process of its own, whose first work is slower.
const HEADERS = [{ key: 'cross-origin-opener-policy', value: 'same-origin' }]

const FILES = {
  'next.config.mjs': `export default { headers: async () => [{ source: '/', headers: ${JSON.stringify(HEADERS)} }] }\n`,
  'app/layout.jsx':
    'export default ({ children }) => <html lang="id"><body>{children}</body></html>\n',
  'app/page.jsx': 'export default () => <p>Kosong</p>\n',
}

/** The least page that this version of the framework can serve, built and running: what every page of ours is measured against. */
export async function startEmptyPage() {
  writeSources()
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
  await promisify(execFile)(process.execPath, [NEXT, 'build', HOME], { env })
  const port = await findPort()
  const child = spawn(process.execPath, [NEXT, 'start', HOME, '-p', String(port)], {
    env,
    stdio: 'ignore',
  })
  const exited = once(child, 'exit')
  const origin = `http://localhost:${port}`
  while (child.exitCode === null && !(await answers(origin))) await sleep(LOOK_EVERY_MS)
  if (child.exitCode !== null) throw new Error('the empty page ended by itself')
  return {
    origin,
    async stop() {
      child.kill('SIGTERM')
      await exited
    },
  }
}

function writeSources() {
  rmSync(HOME, { recursive: true, force: true })
  mkdirSync(path.join(HOME, 'app'), { recursive: true })
  for (const [name, source] of Object.entries(FILES)) writeFileSync(path.join(HOME, name), source)
}

const answers = (origin: string) =>
  fetch(origin).then(
    ({ ok }) => ok,
    () => false,
  )
