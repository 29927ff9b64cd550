import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const FOLDER = '.test'
const FILE = path.join(FOLDER, 'rehearsal.json')

const row = z.object({
  attack: z.string(),
  holds: z.string(),
  gets: z.string(),
  stopped: z.string(),
  heard: z.string(),
  seconds: z.number().nullable(),
  back: z.string(),
})

/**
 * The outcome of one attack in the last run. `seconds` is the delivery time of the slowest message
 * to the owner.
 */
export type Row = z.output<typeof row>

/** The attacks of the last run, in their order. */
export const readRows = (): Row[] =>
  existsSync(FILE) ? z.array(row).parse(JSON.parse(readFileSync(FILE, 'utf8'))) : []

export const forgetRows = () => rmSync(FILE, { force: true })

export function addRow(added: Row) {
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(FILE, JSON.stringify([...readRows(), added], null, 2))
}
