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

/** One attack as it went in the last run. `seconds` is how long the slowest of the owner's messages took. */
export type Row = z.output<typeof row>

/** What the last run recorded, in its order. */
export const readRows = (): Row[] =>
  existsSync(FILE) ? z.array(row).parse(JSON.parse(readFileSync(FILE, 'utf8'))) : []

export const forgetRows = () => rmSync(FILE, { force: true })

export function addRow(added: Row) {
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(FILE, JSON.stringify([...readRows(), added], null, 2))
}
