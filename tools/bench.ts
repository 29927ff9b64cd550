import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Benchmark } from '@/bench/support/benchmark'
import { cliError, main } from '@/lib/platform/command'
import { isBuilt } from './build-stamp'

const FOLDER = 'bench'
const RESULTS = path.join(FOLDER, 'results')

const indexOf = (name: string) => path.resolve(FOLDER, name, 'index.ts')
const names = readdirSync(FOLDER).filter((name) => existsSync(indexOf(name)))

function buildIfStale() {
  if (isBuilt()) return
  console.log('Building, because the sources or the version of Node have changed ...')
  execFileSync(process.execPath, ['tools/run.mjs', 'build'], { stdio: 'inherit' })
}

async function run(name: string, options: readonly string[]) {
  const { measure }: Benchmark = await import(pathToFileURL(indexOf(name)).href)
  const measured = await measure(options)
  if (!measured) return
  const { report, figures } = measured
  mkdirSync(RESULTS, { recursive: true })
  writeFileSync(path.join(RESULTS, `${name}.md`), report)
  writeFileSync(path.join(RESULTS, `${name}.json`), `${JSON.stringify(figures, null, 2)}\n`)
  console.log(`\n${report}`)
}

/**
 * Runs the named benchmarks, by default all, on the production build, and writes the results to
 * bench/results. Options belong to the one benchmark that is named before them.
 */
await main(async () => {
  const args = process.argv.slice(2)
  const firstOption = args.findIndex((arg) => arg.startsWith('--'))
  const requested = firstOption < 0 ? args : args.slice(0, firstOption)
  const options = args.slice(requested.length)
  const unknown = requested.filter((name) => !names.includes(name))
  if (unknown.length > 0)
    throw cliError(
      `Unknown benchmark: ${unknown.join(', ')}. Known benchmarks: ${names.join(', ')}.`,
    )
  if (options.length > 0 && requested.length !== 1)
    throw cliError('Options follow the name of one benchmark, such as: npm run bench -- web --help')
  buildIfStale()
  for (const name of requested.length > 0 ? requested : names) await run(name, options)
})
