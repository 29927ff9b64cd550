import { spawnSync } from 'node:child_process'
import { main } from '@/lib/platform/command'
import { readRows } from './attack/rows'

const VITEST = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'attacks']

/** Runs tests/attacks and prints the recorded outcome of each attack. */
await main(async () => {
  const { status } = spawnSync(process.execPath, VITEST, { stdio: ['ignore', 2, 2] })
  for (const { attack, holds, gets, stopped, heard, seconds, back } of readRows()) {
    const after = seconds === null ? 'never' : `${heard}, after ${seconds.toFixed(1)} s`
    console.log(
      `\n${attack}\n  holds        ${holds}\n  gets         ${gets}\n  stopped at   ${stopped}`,
    )
    console.log(`  owner heard  ${after}\n  got it back  ${back}`)
  }
  process.exitCode = status ?? 1
})
