import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const FOLDER = '.test'
const FILE = path.join(FOLDER, 'attacks.json')

const row = z.object({
  attack: z.string(),
  holds: z.string(),
  gains: z.string(),
  stopped: z.string(),
  messages: z.string(),
  seconds: z.number().nullable(),
  recovery: z.string(),
})

/** What one attack came to in the last run. `seconds`: after how long the owner's slowest message arrived. */
export type Row = z.output<typeof row>

/** Reads the rows of the last run, in the order of its attacks. */
export const readRows = (): Row[] =>
  existsSync(FILE) ? z.array(row).parse(JSON.parse(readFileSync(FILE, 'utf8'))) : []

export const deleteRows = () => rmSync(FILE, { force: true })

export function addRow(added: Row) {
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(FILE, JSON.stringify([...readRows(), added], null, 2))
}
