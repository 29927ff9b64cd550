import path from 'node:path'
import * as z from 'zod'
import {
  type Affected,
  type EraseRefusal,
  eraseByOperator,
  type Incident,
  incidentSchema,
  listAffected,
  openPerson,
  type Scope,
  tellAffected,
  writeJson,
  writePage,
} from '@/lib/personal-data'
import { cliError } from '@/lib/platform/command'
import { reportError } from '@/lib/platform/error-report'
import { log } from '@/lib/platform/log'
import { runCommand } from '@/lib/platform/process'
import { findAccount } from '@/lib/support'
import { logAdmin } from './shared/admin-log'
import { parseArguments } from './shared/arguments'
import { parseJson, readText } from './shared/read-file'
import { withDatabase } from './shared/with-database'
import { writePrivateFile } from './shared/write-file'

const USAGE = `Usage, with the reference of a notice, the main e-mail address, the main number or the id as <account>:
  npm run person -- export   <account> [--out <folder>]
  npm run person -- erase    <account> --reason "…"
  npm run person -- affected --from <time> --to <time> [--scope all|active] --out <file>
  npm run person -- notify   --list <file of affected> --incident <file>
Times are ISO 8601, such as 2026-11-29T08:00:00+07:00. docs/security.md describes the file of an incident.`

const ERASE_TEXTS: Record<EraseRefusal, string> = {
  already_erased: 'The account was erased before.',
  account_frozen: 'The account is frozen. Settle first whose account it is.',
  account_restricted: 'The account is restricted after a reset or an unfreeze, for at most a day.',
  activity_altered:
    'A row of its activity was altered, which the erasure would hide: npm run activity -- verify',
  key_missing: 'A key that its activity needs is missing here: npm run keys -- list',
}

const OPTIONS = {
  out: { type: 'string' },
  reason: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  scope: { type: 'string' },
  list: { type: 'string' },
  incident: { type: 'string' },
  help: { type: 'boolean' },
} as const

type Options = Partial<Record<Exclude<keyof typeof OPTIONS, 'help'>, string>>
type Command = { account: string | undefined; options: Options }

/** The options that a command needs and those that it may have; `isAbout` an account, or only reads. */
const COMMANDS = {
  export: { run: exportAccount, isReadOnly: true, isAbout: true, needs: [], may: ['out'] },
  erase: { run: erase, isReadOnly: false, isAbout: true, needs: ['reason'], may: [] },
  affected: {
    run: affected,
    isReadOnly: true,
    isAbout: false,
    needs: ['from', 'to', 'out'],
    may: ['scope'],
  },
  notify: {
    run: notify,
    isReadOnly: false,
    isAbout: false,
    needs: ['list', 'incident'],
    may: [],
  },
} as const

/** Writes the JSON and the readable page, for nobody but the operator to read. */
async function exportAccount({ account, options }: Command) {
  const userId = await userOf(account)
  await logAdmin({ change: 'person_export', userId }, async () => {
    const data = await openPerson(userId, new Date(), { isOperator: true })
    const name = path.join(options.out ?? '.', `person-${userId}`)
    await writePrivateFile(`${name}.json`, writeJson(data))
    await writePrivateFile(`${name}.html`, writePage(data, data.language))
    console.log(`Wrote ${name}.json and ${name}.html.`)
  })
}

async function erase({ account, options: { reason = '' } }: Command) {
  const userId = await userOf(account)
  await logAdmin({ change: 'person_erase', userId }, async () => {
    const outcome = await eraseByOperator({ userId, reason, now: new Date() })
    if (!outcome.ok) throw cliError(`Nothing was changed. ${ERASE_TEXTS[outcome.refusal]}`)
    console.log('The account is erased. Its addresses get a last notice.')
  })
}

async function affected({ options }: Command) {
  const { from = '', to = '', scope = 'all', out = '' } = options
  if (!isScope(scope)) throw cliError(USAGE)
  const window = { from: timeOf(from), to: timeOf(to), scope }
  let [persons, unreadable] = [0, 0]
  async function* lines() {
    for await (const person of listAffected(window)) {
      persons++
      if (person.unreadable > 0) {
        unreadable++
        log.error({ event: 'address_unreadable', userId: person.userId })
      }
      yield `${JSON.stringify(person)}\n`
    }
  }
  await logAdmin({ change: 'persons_affected' }, () => writePrivateFile(out, lines()))
  console.log(`${persons} person(s) were affected. Wrote ${out}, one JSON object a line.`)
  if (unreadable > 0)
    throw cliError(
      `${unreadable} person(s) have an address that cannot be decrypted here. The log names them: npm run keys -- list`,
    )
}

const listed = z.looseObject({ userId: z.uuid() }) satisfies z.ZodType<Pick<Affected, 'userId'>>

async function notify({ options: { list = '', incident: described = '' } }: Command) {
  const incident = incidentSchema.safeParse(parseJson(described, await readText(described)))
  if (!incident.success) throw cliError(`${described}: ${z.prettifyError(incident.error)}`)
  const lines = (await readText(list)).split('\n').filter((line) => line !== '')
  const persons = lines.map((line) => listed.safeParse(parseJson(list, line)))
  if (!persons.every((person) => person.success))
    throw cliError(`${list} was not written by "affected".`)
  const counts = { told: 0, told_before: 0, unreachable: 0, failed: 0 }
  await logAdmin({ change: 'persons_notified' }, async () => {
    for (const { data } of persons) counts[await tell(data.userId, incident.data)]++
  })
  console.log(
    `${counts.told} person(s) get the notice, ${counts.told_before} had it before, ${counts.unreachable} have no address.`,
  )
  if (counts.failed > 0)
    throw cliError(`${counts.failed} person(s) were not told. The log names them. Run it again.`)
}

/** One person whose data cannot be read does not keep the notice from the others. */
const tell = (userId: string, incident: Incident) =>
  tellAffected(userId, incident, new Date()).catch((error): 'failed' => {
    log.error({ event: 'incident_notice_failed', userId, error: reportError(error) })
    return 'failed'
  })

async function userOf(account = '') {
  const userId = await findAccount(account)
  if (!userId)
    throw cliError(
      'There is no such account. Name it by its main e-mail address or number, or by the reference of a notice.',
    )
  return userId
}

const isScope = (word: string): word is Scope => word === 'all' || word === 'active'

function timeOf(text: string): Date {
  const parsed = z.iso.datetime({ offset: true }).safeParse(text)
  if (!parsed.success) throw cliError(`"${text}" is no time.\n${USAGE}`)
  return new Date(text)
}

function readArguments() {
  const { values, positionals } = parseArguments(OPTIONS, USAGE)
  const { help, ...options } = values
  const [name = '', account, ...others] = positionals
  if (help) return undefined
  if (!isCommand(name)) throw cliError(USAGE)
  const { run, isReadOnly, isAbout, needs, may } = COMMANDS[name]
  const known: readonly string[] = [...needs, ...may]
  const isWhole =
    needs.every((option) => options[option]?.trim()) &&
    Object.keys(options).every((option) => known.includes(option)) &&
    others.length === 0 &&
    isAbout === (account !== undefined)
  if (!isWhole) throw cliError(USAGE)
  return { isReadOnly, run: () => run({ account, options }) }
}

const isCommand = (name: string): name is keyof typeof COMMANDS => Object.hasOwn(COMMANDS, name)

await runCommand(async () => {
  const command = readArguments()
  if (command) await withDatabase(command.run, command)
  else console.log(USAGE)
})
