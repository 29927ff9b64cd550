import { listDeadLetters, type ReplayRefusal, replayMessage } from '@/lib/messaging'
import { cliError } from '@/lib/platform/command'
import { runCommand } from '@/lib/platform/process'
import { logAdmin } from './shared/admin-log'
import { withDatabase } from './shared/with-database'

const USAGE = 'Usage: npm run messages -- failed, or npm run messages -- replay <id>'

const REFUSAL_TEXTS: Record<ReplayRefusal, string> = {
  unknown: 'There is no such message. "npm run messages -- failed" lists the ids.',
  code: 'It contains a code, and codes are not sent again. The customer requests a new one.',
  sent: 'A provider has already accepted it.',
  waiting: 'It has not failed: the worker is still trying to send it.',
  nobody: 'It has no recipient.',
  expired: 'It has expired, and its text was erased.',
  wiped: 'Its text was erased.',
}

const [, , command, id = ''] = process.argv
const commands = new Map([
  ['failed', listFailed],
  ['replay', replay],
])

/** Prints one line per message that failed, the latest last. */
async function listFailed() {
  const messages = await listDeadLetters()
  for (const { id, channel, kind, createdAt, failedAt, attempts, lastError } of messages) {
    const times = `written ${createdAt.toISOString()}, failed ${failedAt?.toISOString()}`
    console.log(`${id}  ${channel}  ${kind}  ${times} after ${attempts} attempt(s): ${lastError}`)
  }
  console.log(`${messages.length} message(s) failed.`)
}

async function replay() {
  const outcome = await replayMessage(id, new Date())
  if (!outcome.ok)
    throw cliError(`Message ${id} is not sent again. ${REFUSAL_TEXTS[outcome.refusal]}`)
  console.log(`The worker will send message ${id} again.`)
}

await runCommand(async () => {
  const run = commands.get(command ?? '')
  if (!run || (run === replay) !== Boolean(id)) throw cliError(USAGE)
  const change = run === replay ? 'message_replay' : 'messages_failed'
  await withDatabase(() => logAdmin({ change }, run), { isReadOnly: run === listFailed })
})
