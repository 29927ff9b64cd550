import { vi } from 'vitest'
import { makeDatabase } from '../support/test-database'

const shared: typeof globalThis & { firstEnvironment?: NodeJS.ProcessEnv } = globalThis

// Files of one process share the packages that it has loaded, and nothing else: each starts with a new
// database, the first environment, and modules of the product that hold nothing yet.
await endFormerFile()
vi.resetModules()
await makeDatabase()

// The log of the product would hide the results of the tests.
const { logTo } = await import('@/lib/platform/log')
logTo({ write: () => {} })

async function endFormerFile() {
  shared.firstEnvironment ??= { ...process.env }
  vi.useRealTimers()
  vi.restoreAllMocks()
  const { closeDb } = await import('@/lib/platform/db')
  await closeDb()
  for (const name of Object.keys(globalThis))
    if (name.startsWith('recoveryAccount')) Reflect.deleteProperty(globalThis, name)
  // A later file that takes its own variables back would else get those of this one.
  vi.unstubAllEnvs()
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, shared.firstEnvironment)
}
