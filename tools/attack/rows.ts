import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'

const FOLDER = '.test'

const takeover = z.object({
  attack: z.string(),
  holds: z.string(),
  gains: z.string(),
  stopped: z.string(),
  messages: z.string(),
  seconds: z.number().nullable(),
  recovery: z.string(),
})

const strangers = z.object({
  attack: z.string(),
  tried: z.string(),
  letThrough: z.string(),
  experience: z.string(),
  cost: z.string(),
})

/**
 * What one takeover came to in the last run. `seconds`: after how long the owner's slowest message
 * arrived.
 */
export type TakeoverRow = z.output<typeof takeover>

/** What strangers came to who want no account, but to lock out, cost money or take down. */
export type StrangersRow = z.output<typeof strangers>

/** The rows of the last run, in the order of its attacks. */
export const takeoverRows = keepRows('takeovers', takeover)
/** Attacks on customer care, and by it. */
export const careRows = keepRows('care', takeover)
/** Attacks by a number in other hands, while mobile operators are asked. */
export const signalRows = keepRows('signals', takeover)
export const strangersRows = keepRows('strangers', strangers)

function keepRows<Row>(name: string, shape: z.ZodType<Row>) {
  const file = path.join(FOLDER, `attacks-${name}.json`)
  const read = (): Row[] =>
    existsSync(file) ? z.array(shape).parse(JSON.parse(readFileSync(file, 'utf8'))) : []
  function add(row: Row) {
    mkdirSync(FOLDER, { recursive: true })
    writeFileSync(file, JSON.stringify([...read(), row], null, 2))
  }
  return { read, add, clear: () => rmSync(file, { force: true }) }
}
