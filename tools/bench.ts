import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Benchmark } from '@/bench/support/benchmark'
import { fault, main } from '@/lib/platform/command'

const HOME = 'bench'
const RESULTS = path.join(HOME, 'results')

const doorOf = (name: string) => path.resolve(HOME, name, 'index.ts')
const names = readdirSync(HOME).filter((name) => existsSync(doorOf(name)))

async function run(name: string) {
  const { measure }: Benchmark = await import(pathToFileURL(doorOf(name)).href)
  const { report, figures } = await measure()
  mkdirSync(RESULTS, { recursive: true })
  writeFileSync(path.join(RESULTS, `${name}.md`), report)
  writeFileSync(path.join(RESULTS, `${name}.json`), `${JSON.stringify(figures, null, 2)}\n`)
  console.log(`\n${report}`)
}

/** Runs the benchmarks that are named, or every one there is, and writes what they found to bench/results. */
await main(async () => {
  const asked = process.argv.slice(2)
  const unknown = asked.filter((name) => !names.includes(name))
  if (unknown.length > 0)
    throw fault(`There is no benchmark ${unknown.join(', ')}. There is: ${names.join(', ')}.`)
  for (const name of asked.length > 0 ? asked : names) await run(name)
})
