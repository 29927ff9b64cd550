import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import * as z from 'zod'
import { cliError } from '@/lib/platform/command'
import { runCommand } from '@/lib/platform/process'
import {
  acceptMoved,
  type CloseRefusal,
  closeRestore,
  findRunning,
  type LostChanges,
  newestSession,
  readLostChanges,
} from '@/lib/restored'
import { logAdmin } from './shared/admin-log'
import { parseArguments } from './shared/arguments'
import { withDatabase } from './shared/with-database'

const USAGE = `Usage, after a backup was restored and before web and worker are started:
  npm run restored -- <time of the backup> --log <file>   with the log of every process since the backup
  npm run restored -- <time of the backup> --without-log  every customer needs a code at the next log-in
  npm run restored -- --moved                             the database was moved, and nothing was lost
The time is ISO 8601, such as 2026-11-29T02:00:00+07:00: when the dump began, or up to when the
write-ahead log was replayed. docs/operations.md describes it.`

const REFUSAL_TEXTS: Record<CloseRefusal, string> = {
  closed_before: 'The restore of this backup was closed before. Nothing was changed.',
  future: 'The time of the backup is later than now. Nothing was changed.',
}

const STATISTICS = 'PostgreSQL analyses its tables first. This may take minutes.'

const OPTIONS = {
  log: { type: 'string' },
  'without-log': { type: 'boolean' },
  moved: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

async function close(time: string, file: string | undefined) {
  const takenAt = timeOf(time)
  const lost = file === undefined ? undefined : await readLog(file, takenAt)
  const newest = await newestSession()
  console.log(`The newest session of the database was opened at ${newest?.toISOString() ?? '–'}.`)
  console.log(STATISTICS)
  const tell = (word: string, rows: number) => console.log(`${rows} ${word}`)
  const outcome = await closeRestore({ takenAt, now: new Date(), lost, tell })
  if (!outcome.ok) throw cliError(REFUSAL_TEXTS[outcome.refusal])
  if (lost && lost.erased.length > 0)
    console.log(`Erase again, with npm run person -- erase <account>:\n${lost.erased.join('\n')}`)
  console.log('The restore is closed. Start web and worker.')
}

async function readLog(file: string, takenAt: Date): Promise<LostChanges> {
  const input = createReadStream(file)
  try {
    return await readLostChanges(createInterface({ input, crlfDelay: Infinity }), takenAt)
  } catch (error) {
    throw cliError(`${file} cannot be read: ${error instanceof Error ? error.message : ''}`)
  }
}

async function moved() {
  console.log(STATISTICS)
  await acceptMoved()
  console.log('The database is known. Start web and worker.')
}

function timeOf(text: string): Date {
  const parsed = z.iso.datetime({ offset: true }).safeParse(text)
  if (!parsed.success) throw cliError(`"${text}" is no time.\n${USAGE}`)
  return new Date(text)
}

async function refuseRunning() {
  const running = await findRunning()
  if (running.length > 0)
    throw cliError(`Stop these processes first: ${running.join(', ')}. Nothing was changed.`)
}

function readArguments() {
  const { values, positionals } = parseArguments(OPTIONS, USAGE)
  const { log, moved: isMoved = false, help } = values
  if (help) return undefined
  const [time, ...others] = positionals
  const isLess = values['without-log'] ?? false
  const isWhole = time === undefined ? isMoved && !isLess && !log : !isMoved && isLess === !log
  if (!isWhole || others.length > 0) throw cliError(USAGE)
  return time === undefined ? moved : () => close(time, log)
}

await runCommand(async () => {
  const run = readArguments()
  if (!run) return console.log(USAGE)
  await withDatabase(async () => {
    await refuseRunning()
    await logAdmin({ change: 'restored' }, run)
  })
})
