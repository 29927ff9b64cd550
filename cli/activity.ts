import { type ActivityFault, verifyActivity } from '@/lib/activity'
import { cliError, main } from '@/lib/platform/command'
import { closeDb } from '@/lib/platform/db'
import { findDatabaseObstacle } from '@/lib/platform/readiness'

const USAGE = 'Say what: npm run activity -- verify.'

const FAULTS: Record<ActivityFault['fault'], string> = {
  altered: 'is not as it was written',
  missing: 'is missing',
  cut_off:
    'is missing, or what stands there was put there: the activity does not end as it was sealed',
}

/** One line for each fault. The first in an activity hides those after it. */
async function verify() {
  const { proven, unsealed, faults } = await verifyActivity()
  for (const { userId, position, fault } of faults)
    console.log(`user ${userId}, row ${position} ${FAULTS[fault]}.`)
  console.log(
    `${proven} row(s) proven, ${unsealed} older than the hashes and not provable, ${faults.length} fault(s).`,
  )
  if (faults.length > 0) process.exitCode = 1
}

await main(async () => {
  const [, , command, ...rest] = process.argv
  if (command !== 'verify' || rest.length > 0) throw cliError(USAGE)
  const obstacle = await findDatabaseObstacle()
  if (obstacle)
    throw cliError(
      `The database is not ready (${obstacle}). (The embedded one runs while "npm start" does.)`,
    )
  await verify().finally(closeDb)
})
