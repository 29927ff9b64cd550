import { endSessionsUnder } from '@/lib/accounts'
import {
  type KeyUse,
  type ListedKey,
  listKeys,
  newKey,
  type RetireOutcome,
  retireKey,
} from '@/lib/keys'
import { cliError } from '@/lib/platform/command'
import { RINGS, type Ring } from '@/lib/platform/key-use'
import { runCommand } from '@/lib/platform/process'
import { logAdmin } from './shared/admin-log'
import { parseArguments } from './shared/arguments'
import { reseal } from './shared/reseal'
import { withDatabase } from './shared/with-database'

const OPTIONS = { 'end-sessions': { type: 'boolean' } } as const

const USAGE = `Usage, with ${RINGS.join(', ')} as <ring>:
  npm run keys -- add <ring>
  npm run keys -- list
  npm run keys -- reseal
  npm run keys -- retire <ring> <id> [--end-sessions]`

type Input = { ring: Ring; keyId: string; endsSessions: boolean }

/** A command, how many arguments follow its name, its word in the log, and whether it only reads. */
const commands = new Map([
  ['add', { run: add, needs: 1, change: 'key_add', isReadOnly: true }],
  ['list', { run: list, needs: 0, change: 'keys_list', isReadOnly: true }],
  ['reseal', { run: reseal, needs: 0, change: 'keys_reseal', isReadOnly: false }],
  ['retire', { run: retire, needs: 2, change: 'key_retire', isReadOnly: false }],
])

/** Prints a new key. This is the only time that it is shown, and it is stored nowhere. */
async function add({ ring }: Input) {
  const entry = await newKey(ring)
  const [id] = entry.split(':')
  const last =
    ring === 'AUTH_SECRET'
      ? `keys -- list, until no session needs the earlier key`
      : 'keys -- reseal'
  console.log(`A new key for ${ring}. Keep it where the other keys are, apart from backups of the database.

  ${entry}

1. Append it to ${ring} of every process, after a comma, and restart them all, one after the other.
   Each process then knows it, and none uses it.
2. Move it to the front of ${ring}, and restart them all again. New rows now use ${id}. While a process
   that was left out in step 1 runs, those with ${id} in front answer 503 at /readyz and write nothing.
3. When all have restarted: npm run ${last}
4. npm run keys -- retire ${ring} <id of the earlier key>`)
}

const STATES: Record<ListedKey['state'], string> = {
  current: 'current: new rows use it',
  older: 'older',
  lacking: 'LACKING: this process does not have the key',
  unrecorded: 'written by a version that did not record the key',
}

const REMEDIES: Record<KeyUse['remedy'], string> = {
  reseal: '',
  ends: ' (they end by themselves)',
  verify_only: ' (verify-only: their hash cannot be computed again)',
}

async function list() {
  const keys = await listKeys(new Date())
  for (const ring of RINGS) {
    console.log(ring)
    for (const key of keys.filter((one) => one.ring === ring)) printKey(key)
  }
}

function printKey({ keyId, state, seenAt, uses }: ListedKey) {
  const seen = seenAt ? `, last used by a process ${seenAt.toISOString()}` : ''
  console.log(`  ${keyId ?? '–'}  ${STATES[state]}${seen}`)
  for (const use of uses) console.log(`      ${describeUse(use)}`)
  if (uses.length === 0) console.log('      no rows')
}

const describeUse = ({ rows, word, remedy }: KeyUse) => `${rows} ${word}${REMEDIES[remedy]}`

const REFUSALS: Record<Extract<RetireOutcome, { ok: false }>['refusal'], string> = {
  current: 'It is the first one of its ring, which new rows use.',
  not_in_use: 'No row needs it. It may be removed from the environment.',
  in_use:
    'A process wrote with it within the last 30 minutes. Restart that process, and try again later.',
  needed: 'Rows need it. "npm run keys -- reseal" rewrites those that do not expire:',
  verify_only:
    'It stays as a verify-only key. These rows are verified with it, and their hash cannot be computed again. Keep it as the last one:',
}

async function retire({ ring, keyId, endsSessions }: Input) {
  const now = new Date()
  if (endsSessions) console.log(`${await endSessionsUnder(keyId, now)} session(s) ended.`)
  const outcome = await retireKey(ring, keyId, now)
  if (!outcome.ok) {
    const uses = outcome.uses.map((use) => `\n  ${describeUse(use)}`).join('')
    throw cliError(`${ring} ${keyId} is not retired. ${REFUSALS[outcome.refusal]}${uses}`)
  }
  console.log(`Nothing needs ${keyId} any more. Remove it from ${ring} of every process.`)
}

function readArguments() {
  const { values, positionals } = parseArguments(OPTIONS, USAGE)
  const [name = '', ring, keyId = ''] = positionals
  const command = commands.get(name)
  const known = RINGS.find((one) => one === ring)
  const endsSessions = values['end-sessions'] ?? false
  const isOdd = endsSessions && (name !== 'retire' || ring !== 'AUTH_SECRET')
  if (!command || positionals.length !== command.needs + 1 || isOdd) throw cliError(USAGE)
  if (command.needs > 0 && !known) throw cliError(USAGE)
  return { ...command, input: { ring: known ?? RINGS[0], keyId, endsSessions } }
}

await runCommand(async () => {
  const { run, change, isReadOnly, input } = readArguments()
  await withDatabase(() => logAdmin({ change }, () => run(input)), { isReadOnly })
})
