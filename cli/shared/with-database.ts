import { cliError } from '@/lib/platform/command'
import { closeDb } from '@/lib/platform/db'
import { refusedKeys } from '@/lib/platform/key-recorder'
import { declareKeyUser } from '@/lib/platform/key-user'
import { connectDirectly } from '@/lib/platform/pool'
import { findDatabaseObstacle } from '@/lib/platform/readiness'

/**
 * Runs `work` and closes the database. Before that, it throws when the database is unreachable or not
 * migrated, or when the keys of this process must not be used for writing. With `isReadOnly`, writes are
 * refused and the keys are not checked.
 */
export async function withDatabase(
  work: () => Promise<void>,
  { isReadOnly = false } = {},
): Promise<void> {
  declareKeyUser(isReadOnly ? 'reader' : 'command')
  // A pooler refuses the start-up parameter by which PostgreSQL refuses writes.
  if (isReadOnly) connectDirectly()
  const obstacle = await findDatabaseObstacle()
  const [refused] = refusedKeys()
  if (refused) throw cliError(`${refused}. Nothing was changed. "npm run keys -- list" shows more.`)
  if (obstacle)
    throw cliError(
      `The database is not ready (${obstacle}). The embedded database runs only while "npm start" runs.`,
    )
  await work().finally(closeDb)
}
