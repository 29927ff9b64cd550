import { cliError } from '@/lib/platform/command'
import { closeDb } from '@/lib/platform/db'
import { findDatabaseObstacle } from '@/lib/platform/readiness'

/**
 * Runs `work` and closes the database. Throws first when the database is unreachable or not
 * migrated.
 */
export async function withDatabase(work: () => Promise<void>): Promise<void> {
  const obstacle = await findDatabaseObstacle()
  if (obstacle)
    throw cliError(
      `The database is not ready (${obstacle}). The embedded database runs only while "npm start" runs.`,
    )
  await work().finally(closeDb)
}
