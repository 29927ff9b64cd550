import { type ActivityFault, verifyActivity } from '@/lib/activity'
import { cliError } from '@/lib/platform/command'
import { runCommand } from '@/lib/platform/process'
import { verifyStaffLog } from '@/lib/staff-log'
import { logAdmin } from './shared/admin-log'
import { withDatabase } from './shared/with-database'

const USAGE = 'Usage: npm run activity -- verify'

const FAULT_TEXTS: Record<ActivityFault['fault'], string> = {
  altered: 'was altered after it was written',
  missing: 'is missing',
  key_missing: 'cannot be verified (key missing): HASHING_KEYS lacks the key that made its hash',
  cut_off: 'is missing or was added: the last row does not match the stored end',
}

/**
 * Prints one line per user with a fault, and one for the log of staff: the first one, after which
 * the hashes prove nothing.
 */
async function verify() {
  const { proven, erased, unsealed, faults } = await verifyActivity(new Date())
  for (const { userId, position, fault } of faults)
    console.log(`user ${userId}, row ${position} ${FAULT_TEXTS[fault]}.`)
  console.log(
    `${proven} row(s) verified (IP address and user agent of ${erased} row(s) were erased), ${unsealed} row(s) without a hash (written before hashes were introduced), ${faults.length} fault(s).`,
  )
  const log = await verifyStaffLog()
  if (log.fault)
    console.log(`log of staff, row ${log.fault.position} ${FAULT_TEXTS[log.fault.fault]}.`)
  console.log(`log of staff: ${log.proven} row(s) verified, ${log.fault ? 1 : 0} fault(s).`)
  if (faults.length > 0 || log.fault) process.exitCode = 1
}

await runCommand(async () => {
  const [, , command, ...rest] = process.argv
  if (command !== 'verify' || rest.length > 0) throw cliError(USAGE)
  await withDatabase(() => logAdmin({ change: 'activity_verify' }, verify), { isReadOnly: true })
})
