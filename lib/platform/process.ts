import pino from 'pino'
import { describeFailure, isExpected } from './command'
import { logConsole } from './console'
import { reportError } from './error-report'
import { log, logTo } from './log'

const STDERR = 2

/**
 * Runs a process whose every line is a log line, on the standard output. A failure is one line, too,
 * `process_failed`, and ends the process with 1; on a terminal it is a text.
 */
export function runService(work: () => Promise<void>): Promise<void> {
  const print = printer()
  logConsole()
  return run(work, print)
}

/**
 * Runs a command. Its answer to a person is the text of the standard output; its log, a failure
 * included, is the standard error. Else as `runService`.
 */
export function runCommand(work: () => Promise<void>): Promise<void> {
  const print = printer()
  logTo(pino.destination(STDERR))
  logConsole({ keepsOutput: true })
  return run(work, print)
}

const printer = () => process.stderr.write.bind(process.stderr)

async function run(work: () => Promise<void>, print: (text: string) => boolean) {
  try {
    await work()
  } catch (error) {
    if (process.stderr.isTTY) print(`${describeFailure(error)}\n`)
    else log.fatal({ event: 'process_failed', error: summarise(error) })
    process.exit(1)
  }
}

/** The message of an expected failure is fit to print as it is. */
const summarise = (error: unknown) =>
  isExpected(error) ? { name: error.name, message: error.message } : reportError(error)
