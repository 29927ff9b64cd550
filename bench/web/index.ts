import { mkdirSync, writeFileSync } from 'node:fs'
import { measureAllFlows } from './all-flows'
import { measureOneFlow } from './one-flow'
import { parseOptions } from './options'
import { drawRates } from './plot'
import { formatWebReport } from './report'

const RESULTS = 'bench/results'

/**
 * Measures the flows of the web process beside those of a peer. With `--flow` it measures one flow
 * of the product alone, and prints its figures.
 */
export async function measure(args: readonly string[]) {
  const options = parseOptions(args)
  if (options.flow) {
    await measureOneFlow(options.flow, options)
    return undefined
  }
  const figures = await measureAllFlows(options)
  if (options['no-peer']) {
    console.log(formatWebReport(figures))
    return undefined
  }
  mkdirSync(RESULTS, { recursive: true })
  writeFileSync(`${RESULTS}/web.svg`, drawRates(figures.flows))
  return { report: formatWebReport(figures), figures }
}
