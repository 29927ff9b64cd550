import { spawnSync } from 'node:child_process'
import { main } from '@/lib/platform/command'
import { type Row, readRows } from './attack/rows'

const VITEST = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'attacks']

/** Runs every attack against a product of its own, and prints what each came to in this run. */
await main(async () => {
  const { status } = spawnSync(process.execPath, VITEST, { stdio: ['ignore', 2, 2] })
  for (const row of readRows()) console.log(`\n${describeRow(row)}`)
  process.exitCode = status ?? 1
})

function describeRow({ attack, holds, gains, stopped, messages, seconds, recovery }: Row) {
  const sent = seconds === null ? 'none' : `${messages}, after ${seconds.toFixed(1)} s`
  return [
    attack,
    `  attacker holds       ${holds}`,
    `  attacker gains       ${gains}`,
    `  attacker is stopped  ${stopped}`,
    `  messages to owner    ${sent}`,
    `  owner's recovery     ${recovery}`,
  ].join('\n')
}
