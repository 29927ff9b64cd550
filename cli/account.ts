import { parseArgs } from 'node:util'
import { cliError, main } from '@/lib/platform/command'
import { closeDb } from '@/lib/platform/db'
import { findDatabaseObstacle } from '@/lib/platform/readiness'
import { SLOTS, type SlotName } from '@/lib/recovery'
import {
  type CareRefusal,
  findAccount,
  freezeByCare,
  restoreAttemptsByCare,
  showAccount,
  unfreezeByCare,
} from '@/lib/support'

const USAGE = `Say what to do, and to whose account:
  npm run account -- show    <reference, e-mail or number>
  npm run account -- freeze  <…> --reason "…"
  npm run account -- unfreeze    <…> --reason "…" [--undo ${SLOTS.join(',')}]
  npm run account -- unblock <…> --reason "…"`

const REFUSED: Record<CareRefusal, string> = {
  already_frozen: 'It is frozen already.',
  not_frozen: 'It is not frozen.',
  not_disputed: 'A slot to undo has not changed. "show" lists those that have.',
  undo_taken: 'The earlier primary address is another account’s by now.',
  undo_conflict: 'One address would stand in two slots: undo both, or neither.',
}

type Given = { userId: string; reason: string; undo: SlotName[] }

const act = ({ userId, reason }: Given) => ({ userId, reason, now: new Date() })

const commands = new Map<string, (given: Given) => Promise<void>>([
  ['show', show],
  ['freeze', async (given) => report(await freezeByCare(act(given)), 'The account is frozen.')],
  [
    'unfreeze',
    async (given) =>
      report(
        await unfreezeByCare(act(given), given.undo),
        'The account is open. Its owner sets a password by code.',
      ),
  ],
  [
    'unblock',
    async (given) =>
      restoreAttemptsByCare(act(given)).then(() => console.log('Codes are taken again.')),
  ],
])

/** States and masks; nothing that opens the account, and no address in full. */
async function show({ userId }: Given) {
  const { frozenAt, restrictedUntil, slots, events } = await showAccount(userId, new Date())
  console.log(`frozen since      ${frozenAt?.toISOString() ?? '–'}`)
  console.log(`restricted until  ${restrictedUntil?.toISOString() ?? '–'}`)
  for (const { slot, present, earlier, isDisputed } of slots)
    console.log(
      `${slot.padEnd(16)}  ${present ?? '–'}${isDisputed ? `  (disputed, was ${earlier ?? 'empty'})` : ''}`,
    )
  for (const { at, reference, type } of events)
    console.log(`${at.toISOString()}  ${reference}  ${type}`)
}

function report(outcome: { ok: true } | { ok: false; refusal: CareRefusal }, said: string) {
  if (!outcome.ok) throw cliError(`Nothing has changed. ${REFUSED[outcome.refusal]}`)
  console.log(said)
}

function readArguments() {
  const { values, positionals } = parse()
  const [command = '', named] = positionals
  const run = commands.get(command)
  const [reason = '', undo = []] = [values.reason?.trim(), values.undo?.split(',')]
  const slots = SLOTS.filter((slot) => undo.includes(slot))
  const isWhole =
    (reason !== '' || command === 'show') && (undo.length === 0 || command === 'unfreeze')
  if (!run || !named || positionals.length > 2 || !isWhole || slots.length !== undo.length)
    throw cliError(USAGE)
  return { run, named, reason, undo: slots }
}

function parse() {
  const options = { reason: { type: 'string' }, undo: { type: 'string' } } as const
  try {
    return parseArgs({ args: process.argv.slice(2), options, allowPositionals: true })
  } catch {
    throw cliError(USAGE)
  }
}

async function runCommand({ run, named, reason, undo }: ReturnType<typeof readArguments>) {
  const userId = await findAccount(named)
  if (!userId)
    throw cliError(
      'There is no such account. An account is named by its main e-mail or number, or by the reference of a notice.',
    )
  await run({ userId, reason, undo })
}

await main(async () => {
  const given = readArguments()
  const obstacle = await findDatabaseObstacle()
  if (obstacle)
    throw cliError(
      `The database is not ready (${obstacle}). (The embedded one runs while "npm start" does.)`,
    )
  await runCommand(given).finally(closeDb)
})
