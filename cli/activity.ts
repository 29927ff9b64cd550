import { type ActivityFault, verifyActivity } from '@/lib/activity'
import { cliError, main } from '@/lib/platform/command'
import { logAdmin } from './shared/admin-log'
import { withDatabase } from './shared/with-database'

const USAGE = 'Usage: npm run activity -- verify'

const FAULT_TEXTS: Record<ActivityFault['fault'], string> = {
  altered: 'was altered after it was written',
  missing: 'is missing',
  cut_off: 'is missing or was added: the last row does not match the stored end of the activity',
}

/** Prints one line per user with a fault: the first one, after which the hashes prove nothing. */
async function verify() {
  const { proven, unsealed, faults } = await verifyActivity()
  for (const { userId, position, fault } of faults)
    console.log(`user ${userId}, row ${position} ${FAULT_TEXTS[fault]}.`)
  console.log(
    `${proven} row(s) verified, ${unsealed} row(s) without a hash (written before hashes were introduced), ${faults.length} fault(s).`,
  )
  if (faults.length > 0) process.exitCode = 1
}

await main(async () => {
  const [, , command, ...rest] = process.argv
  if (command !== 'verify' || rest.length > 0) throw cliError(USAGE)
  await withDatabase(() => logAdmin({ change: 'activity_verify' }, verify))
})
