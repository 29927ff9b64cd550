import { cliError } from '@/lib/platform/command'
import { runCommand } from '@/lib/platform/process'
import { SLOTS, type SlotName } from '@/lib/recovery'
import {
  type CareRefusal,
  findAccount,
  freezeByCare,
  restoreAttemptsByCare,
  showAccount,
  unfreezeByCare,
} from '@/lib/support'
import { logAdmin } from './shared/admin-log'
import { parseArguments } from './shared/arguments'
import { withDatabase } from './shared/with-database'

const OPTIONS = {
  reason: { type: 'string' },
  undo: { type: 'string' },
  by: { type: 'string' },
  with: { type: 'string' },
} as const

const USAGE = `Usage, with the reference of a notice, the main e-mail address, the main number or the id as <account>:
  npm run account -- show     <account>
  npm run account -- freeze   <account> --reason "…" [--by "Name"]
  npm run account -- unfreeze <account> --reason "…" --by "Name" --with "Other name" [--undo ${SLOTS.join(',')}]
  npm run account -- unblock  <account> --reason "…" --by "Name" --with "Other name"
Two people decide on anything but a freeze: whoever runs the command, and another one.`

const REFUSAL_TEXTS: Record<CareRefusal, string> = {
  already_frozen: 'The account is already frozen.',
  not_frozen: 'The account is not frozen.',
  not_disputed: 'A slot to undo has not changed. "show" lists the disputed slots.',
  undo_taken: 'The earlier primary address now belongs to another account.',
  undo_conflict: 'One address would be in two slots. Name both slots in --undo, or neither.',
}

/** The people who decide. */
type Names = { by: string | undefined; with: string | undefined }

type CommandInput = { userId: string; reason: string; undo: SlotName[]; names: Names }

const actionOf = ({ userId, reason, names }: CommandInput) => ({
  userId,
  reason,
  ...names,
  now: new Date(),
})

const commands = new Map<string, (input: CommandInput) => Promise<void>>([
  ['show', show],
  ['freeze', freeze],
  ['unfreeze', unfreeze],
  ['unblock', unblock],
])

/** One person is enough for these. */
const ALONE = ['show', 'freeze']

/** Prints states and masked addresses. No secret and no full address is printed. */
async function show({ userId }: CommandInput) {
  const { frozenAt, restrictedUntil, slots, events } = await showAccount(userId, new Date())
  console.log(`frozen since      ${frozenAt?.toISOString() ?? '–'}`)
  console.log(`restricted until  ${restrictedUntil?.toISOString() ?? '–'}`)
  for (const { slot, present, earlier, isDisputed } of slots) {
    const dispute = isDisputed ? `  (disputed, was ${earlier ?? 'empty'})` : ''
    console.log(`${slot.padEnd(16)}  ${present ?? '–'}${dispute}`)
  }
  for (const { at, reference, type } of events)
    console.log(`${at.toISOString()}  ${reference}  ${type}`)
}

async function freeze(input: CommandInput) {
  reportOutcome(await freezeByCare(actionOf(input)), 'The account is frozen.')
}

async function unfreeze(input: CommandInput) {
  reportOutcome(
    await unfreezeByCare(actionOf(input), input.undo),
    'The account is no longer frozen. Its owner sets a new password with a code.',
  )
}

async function unblock(input: CommandInput) {
  await restoreAttemptsByCare(actionOf(input))
  console.log('The account has all its code attempts again.')
}

function reportOutcome(
  outcome: { ok: true } | { ok: false; refusal: CareRefusal },
  success: string,
) {
  if (!outcome.ok) throw cliError(`Nothing was changed. ${REFUSAL_TEXTS[outcome.refusal]}`)
  console.log(success)
}

function readArguments() {
  const { values, positionals } = parseArguments(OPTIONS, USAGE)
  const [command = '', account] = positionals
  const run = commands.get(command)
  const [reason = '', undo = []] = [values.reason?.trim(), values.undo?.split(',')]
  const slots = SLOTS.filter((slot) => undo.includes(slot))
  const names = { by: values.by?.trim(), with: values.with?.trim() }
  const hasNeededOptions =
    (reason !== '' || command === 'show') &&
    (undo.length === 0 || command === 'unfreeze') &&
    (ALONE.includes(command) || isTwo(names))
  const hasKnownSlots = slots.length === undo.length
  if (!run || !account || positionals.length > 2 || !hasNeededOptions || !hasKnownSlots)
    throw cliError(USAGE)
  return { command, run, account, reason, undo: slots, names }
}

/** Whether two different people are named. */
function isTwo({ by = '', with: other = '' }: Names) {
  const [one, two] = [by, other].map((name) => name.toLowerCase())
  return one !== '' && two !== '' && one !== two
}

await runCommand(async () => {
  const { command, run, account, reason, undo, names } = readArguments()
  await withDatabase(
    async () => {
      const userId = await findAccount(account)
      if (!userId)
        throw cliError(
          'There is no such account. Name it by its main e-mail address or number, or by the reference of a notice.',
        )
      await logAdmin({ change: command, userId }, () => run({ userId, reason, undo, names }))
    },
    { isReadOnly: command === 'show' },
  )
})
