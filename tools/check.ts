import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cliError, main } from '@/lib/platform/command'

const MODULES = 'node_modules/.bin'

/** The commands, the longest first. */
const CHECKS = [
  [`${MODULES}/tsc`, '--project', 'tools/tsconfig.check.json'],
  [`${MODULES}/biome`, 'check', '--error-on-warnings', '.'],
  [`${MODULES}/knip`],
  [process.execPath, 'tools/run.mjs', 'patterns'],
  [process.execPath, 'tools/run.mjs', 'migrations', 'locks'],
] as const

/** Runs all checks at the same time, and prints the output of each when it has ended. */
await main(async () => {
  const failed = (await Promise.all(CHECKS.map(run))).flatMap((name) => name ?? [])
  if (failed.length > 0) throw cliError(`Failed: ${failed.join(', ')}`)
})

/** Returns the name of a check that failed. */
async function run([command, ...args]: (typeof CHECKS)[number]): Promise<string | undefined> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => output.push(text))
  const [status] = await once(child, 'close')
  process.stdout.write(output.join(''))
  return status === 0 ? undefined : [command.split('/').at(-1), ...args].join(' ')
}
