import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'

const FILE = '.test/faults.json'

const row = z.object({
  fault: z.string(),
  seconds: z.number(),
  attempted: z.number(),
  survived: z.number(),
  lost: z.number(),
  doubled: z.number(),
  slowestSeconds: z.number(),
  recoverySeconds: z.number(),
})

/**
 * What one fault came to. `attempted`: flows that customers had begun and not ended while it lasted. `survived`: what of it
 * they completed, if need be by pressing the button again after an error page. `lost`: what the
 * product had confirmed and does not have. `doubled`: what happened twice. `slowestSeconds`: the
 * slowest answer. `recoverySeconds`: from the end of the fault to the last error page.
 */
export type FaultRow = z.output<typeof row>

/** The rows of the last run, in the order of its faults. */
export function readFaultRows(): FaultRow[] {
  return existsSync(FILE) ? z.array(row).parse(JSON.parse(readFileSync(FILE, 'utf8'))) : []
}

export function addFaultRow(added: FaultRow): void {
  mkdirSync(path.dirname(FILE), { recursive: true })
  writeFileSync(FILE, JSON.stringify([...readFaultRows(), added], null, 2))
}

export const clearFaultRows = () => rmSync(FILE, { force: true })

/** A row as one line of a terminal. */
export function describeFaultRow(given: FaultRow): string {
  const { fault, seconds, attempted, survived, lost, doubled } = given
  return [
    `${fault} (${seconds} s): attempted ${attempted}, survived ${survived}, lost ${lost}, doubled ${doubled}`,
    `slowest answer ${given.slowestSeconds.toFixed(1)} s, recovery ${given.recoverySeconds.toFixed(1)} s`,
  ].join('; ')
}
