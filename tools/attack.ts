import { spawnSync } from 'node:child_process'
import { main } from '@/lib/platform/command'
import {
  careRows,
  type StrangersRow,
  signalRows,
  strangersRows,
  type TakeoverRow,
  takeoverRows,
} from './attack/rows'

const VITEST = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'attacks']

/** Runs every attack against a running product, and prints what each came to in this run. */
await main(async () => {
  takeoverRows.clear()
  strangersRows.clear()
  careRows.clear()
  signalRows.clear()
  const { status } = spawnSync(process.execPath, VITEST, { stdio: ['ignore', 2, 2] })
  for (const row of takeoverRows.read()) print(row.attack, describeTakeover(row))
  for (const row of careRows.read()) print(row.attack, describeTakeover(row))
  for (const row of signalRows.read()) print(row.attack, describeTakeover(row))
  for (const row of strangersRows.read()) print(row.attack, describeStrangers(row))
  process.exitCode = status ?? 1
})

function print(attack: string, facts: Record<string, string>) {
  const lines = Object.entries(facts).map(([name, fact]) => `  ${name.padEnd(20)} ${fact}`)
  console.log(['', attack, ...lines].join('\n'))
}

function describeTakeover({ holds, gains, stopped, messages, seconds, recovery }: TakeoverRow) {
  return {
    'attacker holds': holds,
    'attacker gains': gains,
    'attacker is stopped': stopped,
    'messages to owner': seconds === null ? 'none' : `${messages}, after ${seconds.toFixed(1)} s`,
    'owner’s recovery': recovery,
  }
}

function describeStrangers({ tried, letThrough, experience, cost }: StrangersRow) {
  return { tried, 'let through': letThrough, 'owner’s experience': experience, 'cost in SMS': cost }
}
