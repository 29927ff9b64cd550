import { spawnSync } from 'node:child_process'
import { cliError, main } from '@/lib/platform/command'
import { FAULTS } from './faults/registry'
import { clearFaultRows, describeFaultRow, readFaultRows } from './faults/rows'

const VITEST = ['node_modules/vitest/vitest.mjs', 'run']
const NAMES = Object.entries(FAULTS).map(([name, { says }]) => `  ${name.padEnd(10)} ${says}`)
const USAGE = `Usage: npm run faults -- <name> [<name> …] | all\n${NAMES.join('\n')}`

/**
 * Plays faults under load against a running product, each for the seconds of the registry, and
 * prints what each came to. Exit code 1 when a promise of the product did not hold.
 */
await main(async () => {
  const names = readNames()
  clearFaultRows()
  const files = [...new Set(names.map((name) => FAULTS[name]?.file ?? ''))]
  const env = { ...process.env, FAULTS: names.join(',') }
  const { status } = spawnSync(
    process.execPath,
    [...VITEST, ...files.flatMap(projectOf), ...files],
    {
      stdio: ['ignore', 2, 2],
      env,
    },
  )
  for (const row of readFaultRows()) console.log(describeFaultRow(row))
  process.exitCode = status ?? 1
})

/** The folder of a test is Vitest's project. */
function projectOf(file: string) {
  return ['--project', file.split('/')[1] ?? '']
}

function readNames() {
  const given = process.argv.slice(2)
  const names = given.includes('all') ? Object.keys(FAULTS) : given
  const unknown = names.filter((name) => !(name in FAULTS))
  if (names.length === 0 || unknown.length > 0) throw cliError(USAGE)
  return names
}
