import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { SCRATCH } from '@/tests/support/environment'
import { findPort } from '@/tests/support/product'

const NEXT = 'node_modules/next/dist/bin/next'
const FOLDER = path.join(SCRATCH, 'empty-page')
const POLL_INTERVAL_MS = 100
const START_LIMIT_MS = 60_000

// With this header the browser renders the page in a new process, which is slower. The product
// sends it on every page.
const HEADERS = [{ key: 'cross-origin-opener-policy', value: 'same-origin' }]

const FILES = {
  'next.config.mjs': `export default { headers: async () => [{ source: '/', headers: ${JSON.stringify(HEADERS)} }] }\n`,
  'app/layout.jsx':
    'export default ({ children }) => <html lang="id"><body>{children}</body></html>\n',
  'app/page.jsx': 'export default () => <p>Kosong</p>\n',
  // Without a file of its own, Next loads that of the product, which needs the product's environment.
  'instrumentation.js': 'export function register() {}\n',
}

/**
 * Builds and starts the smallest page that this version of Next can serve, the baseline of all
 * pages.
 */
export async function startEmptyPage() {
  writeSources()
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
  await promisify(execFile)(process.execPath, [NEXT, 'build', FOLDER], { env })
  const port = await findPort()
  const child = spawn(process.execPath, [NEXT, 'start', FOLDER, '-p', String(port)], {
    env,
    stdio: 'ignore',
  })
  const exited = once(child, 'exit')
  const origin = `http://localhost:${port}`
  const end = async () => {
    child.kill('SIGKILL')
    await exited
  }
  try {
    await Promise.race([waitUntilServed(origin), exited.then(failExited)])
  } catch (error) {
    await end()
    throw error
  }
  return { origin, stop: end }
}

function failExited(): never {
  throw new Error('the empty page exited unexpectedly')
}

/** Throws when the page answers with an error. */
async function waitUntilServed(origin: string) {
  const limit = AbortSignal.timeout(START_LIMIT_MS)
  for (;;) {
    limit.throwIfAborted()
    const response = await fetch(origin).catch(() => undefined)
    if (response?.ok) return
    if (response) throw new Error(`the empty page answered ${response.status}`)
    await sleep(POLL_INTERVAL_MS)
  }
}

function writeSources() {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(path.join(FOLDER, 'app'), { recursive: true })
  for (const [name, source] of Object.entries(FILES)) writeFileSync(path.join(FOLDER, name), source)
}
