import { logTo } from '@/lib/platform/log'
import { emptyDatabase } from '../support/empty-database'
import { makeDatabase } from '../support/test-database'

// The log of the product would hide the results of the tests.
logTo({ write: () => {} })

/** A process that runs several test files keeps its database, and empties it before each file. */
const shared: typeof globalThis & { hasTestDatabase?: boolean } = globalThis

if (shared.hasTestDatabase) await emptyDatabase()
else await makeDatabase()
shared.hasTestDatabase = true
