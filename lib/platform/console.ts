import { format, stripVTControlCharacters } from 'node:util'
import { reportError } from './error-report'
import { log } from './log'

type Level = 'info' | 'warn' | 'error'

/**
 * Writes what Node, Next and other libraries print as log lines: warnings, unhandled rejections,
 * uncaught exceptions, ids of unknown actions. They print full messages in several lines, which may
 * quote personal data. `keepsOutput`: the standard output is the answer of a command and stays.
 */
export function logConsole({ keepsOutput = false } = {}): void {
  console.error = printAs('error')
  console.warn = printAs('warn')
  if (!keepsOutput) for (const name of OF_OUTPUT) console[name] = printAs('info')
  logStream(process.stderr, 'warn')
  if (!keepsOutput) logStream(process.stdout, 'info')
  // Node's own listener prints the warning.
  process.removeAllListeners('warning')
  process.on('warning', (warning) => log.warn(describe([warning]), 'Node warns'))
  process.on('uncaughtException', logUncaught)
}

const OF_OUTPUT = ['log', 'info', 'debug'] as const

const printAs =
  (level: Level) =>
  (...printed: unknown[]) =>
    log[level](describe(printed), 'a library reports')

/** For what is written past the console. The log itself writes to the file descriptor. */
function logStream(stream: NodeJS.WriteStream, level: Level) {
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8')
    if (text.trim()) printAs(level)(text.trim())
    const done = rest.find((one) => typeof one === 'function')
    if (done) process.nextTick(done)
    return true
  }
}

/** Next has a listener of its own, which prints the error and lets the process live. */
function logUncaught(error: unknown) {
  if (process.listenerCount('uncaughtException') > 1) return
  log.fatal({ event: 'uncaught_exception', error: reportError(error) }, 'the process ends')
  process.exit(1)
}

function describe(printed: unknown[]) {
  const error = printed.find((one) => one instanceof Error)
  if (error) return { event: 'console', error: reportError(error) }
  const { message } = reportError(new Error(stripVTControlCharacters(format(...printed))))
  return { event: 'console', printed: message }
}
