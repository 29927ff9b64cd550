import * as z from 'zod'
import { cliError } from '@/lib/platform/command'
import { transactionUnlessRefused } from '@/lib/platform/db'
import { NAME_MAX_CHARACTERS } from '@/lib/platform/input-limits'
import { runCommand } from '@/lib/platform/process'
import {
  type DisableRefusal,
  disableStaff,
  invitationLink,
  inviteFirstAdministrator,
  listStaff,
} from '@/lib/support'
import { logAdmin } from './shared/admin-log'
import { parseArguments } from './shared/arguments'
import { withDatabase } from './shared/with-database'

const OPTIONS = { name: { type: 'string' } } as const

const USAGE = `Usage, with an id of "list" as <id>:
  npm run staff -- invite --name "…"   (one of the first two administrators)
  npm run staff -- list
  npm run staff -- disable <id>`

const REFUSAL_TEXTS: Record<DisableRefusal, string> = {
  not_permitted: 'This person is no administrator.',
  own_staff: 'Nobody disables oneself.',
  last_administrator: 'Nobody else could manage staff: this is the last enabled administrator.',
  not_enabled: 'There is nobody with this id who is enabled.',
}

type CommandInput = { name: string; staffId: string }

const commands = new Map<string, (input: CommandInput) => Promise<void>>([
  ['invite', invite],
  ['list', list],
  ['disable', disable],
])

/** Prints the link once. The database has a hash of its token. */
async function invite({ name }: CommandInput) {
  if (!invitationLink(''))
    throw cliError('The care console is not served. Set CARE_ORIGIN first. Nothing was changed.')
  const outcome = await inviteFirstAdministrator({ name, now: new Date() })
  if (!outcome.ok)
    throw cliError(
      'Nothing was changed. There are two administrators: one of them invites, and the other one confirms.',
    )
  console.log(
    `The link is valid for 24 hours, for one passkey:\n${invitationLink(outcome.value.token)}`,
  )
}

async function list() {
  const people = await listStaff(new Date())
  for (const { staffId, name, role, state, createdAt } of people)
    console.log(
      `${staffId}  ${role.padEnd(13)}  ${state.padEnd(8)}  ${createdAt.toISOString()}  ${name}`,
    )
  console.log(`${people.length} person(s).`)
}

async function disable({ staffId }: CommandInput) {
  const now = new Date()
  const outcome = await transactionUnlessRefused((tx) =>
    disableStaff(tx, { by: null, staffId, now }),
  )
  if (!outcome.ok) throw cliError(`Nothing was changed. ${REFUSAL_TEXTS[outcome.refusal]}`)
  console.log('This person can no longer sign in, and every session has ended.')
}

function readArguments() {
  const { values, positionals } = parseArguments(OPTIONS, USAGE)
  const [command = '', staffId = '', ...rest] = positionals
  const run = commands.get(command)
  const name = values.name?.trim() ?? ''
  const isNamed =
    command === 'invite' ? name !== '' && name.length <= NAME_MAX_CHARACTERS : name === ''
  const isIdentified = command === 'disable' ? z.uuid().safeParse(staffId).success : staffId === ''
  if (!run || !isNamed || !isIdentified || rest.length > 0) throw cliError(USAGE)
  return { command, run, name, staffId }
}

await runCommand(async () => {
  const { command, run, name, staffId } = readArguments()
  await withDatabase(() => logAdmin({ change: `staff_${command}` }, () => run({ name, staffId })), {
    isReadOnly: command === 'list',
  })
})
