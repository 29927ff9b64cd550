import { listDeadLetters, type ReplayRefusal, replayMessage } from '@/lib/messaging'
import { cliError, main } from '@/lib/platform/command'
import { closeDb } from '@/lib/platform/db'
import { findDatabaseObstacle } from '@/lib/platform/readiness'

const USAGE = 'Say which: npm run messages -- failed, or npm run messages -- replay <id>.'

const REFUSED: Record<ReplayRefusal, string> = {
  unknown: 'There is no such message. "npm run messages -- failed" lists the ids.',
  code: 'It carried a code, and whoever waited for it has asked for another one since.',
  sent: 'A provider has taken it already.',
  waiting: 'It was not given up: the worker still tries to send it.',
  nobody: 'It was meant for nobody.',
  expired: 'It has expired, and its text is gone.',
  wiped: 'Its text is gone.',
}

const [, , command, id = ''] = process.argv
const commands = new Map([
  ['failed', listFailed],
  ['replay', replay],
])

/** One line for each dead letter, the latest last. */
async function listFailed() {
  const letters = await listDeadLetters()
  for (const { id, channel, kind, createdAt, failedAt, attempts, lastError } of letters) {
    const span = `written ${createdAt.toISOString()}, given up ${failedAt?.toISOString()}`
    console.log(`${id}  ${channel}  ${kind}  ${span} after ${attempts} attempt(s): ${lastError}`)
  }
  console.log(`${letters.length} message(s) failed.`)
}

async function replay() {
  const outcome = await replayMessage(id, new Date())
  if (!outcome.ok) throw cliError(`Message ${id} is not sent again. ${REFUSED[outcome.refusal]}`)
  console.log(`Message ${id} will be sent again by the worker.`)
}

await main(async () => {
  const run = commands.get(command ?? '')
  if (!run || (run === replay) !== Boolean(id)) throw cliError(USAGE)
  const obstacle = await findDatabaseObstacle()
  if (obstacle)
    throw cliError(
      `The database is not ready (${obstacle}). (The embedded one runs while "npm start" does.)`,
    )
  await run().finally(closeDb)
})
