import pino, { type DestinationStream } from 'pino'
import { metrics } from './metrics'
import { currentRequest } from './response'
import { currentTrace } from './tracing'

const STDOUT = 1

/** JSON leaves these as they are, but some programs end a line or begin a command at them. */
const UNESCAPED = /[\u007f-\u009f\u2028\u2029]/g

let stream: DestinationStream = pino.destination(STDOUT)

/** Lines that alerts ask for. An alert on the increase of a counter does not see the line that creates it. */
const ALERTED = [
  'activity_altered',
  'erasure_failed',
  'erasure_refused',
  'erasures_failed',
  'key_missing',
  'retention_failed',
  'traces_lost',
  'web_process_ended',
]
for (const event of ALERTED) metrics.problems.inc({ event }, 0)

/** The level "warn" of pino. */
const PROBLEM = 40

type Line = { event: string } & Record<string, unknown>

/**
 * Structured log lines (JSON, UTC, one line each): time, level, event, and inside a request its id.
 * Callers pass ids, words and numbers only: no code, token, password or full address.
 */
export const log: Record<
  'info' | 'warn' | 'error' | 'fatal',
  (line: Line, message?: string) => void
> = pino(
  {
    timestamp: pino.stdTimeFunctions.isoTime,
    base: null,
    mixin: describePlace,
    hooks: {
      logMethod(line, write, level) {
        countProblem(line[0], level)
        write.apply(this, line)
      },
    },
  },
  { write: (line) => stream.write(line.replace(UNESCAPED, escapeCharacter)) },
)

/** Where a line is written. What the line itself says goes before it. */
function describePlace() {
  const { requestId } = currentRequest()
  const trace = currentTrace()
  return { ...(requestId && { requestId }), ...(trace && { trace }) }
}

/**
 * Writes the log elsewhere than to the standard output, which is the answer of a command. Returns
 * where it was written before.
 */
export function logTo(next: DestinationStream): DestinationStream {
  const before = stream
  stream = next
  return before
}

const escapeCharacter = (character: string) =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** Security events have a counter of their own. */
function countProblem(line: unknown, level: number) {
  if (level < PROBLEM || typeof line !== 'object' || line === null || !('event' in line)) return
  if (!('kind' in line) || line.kind !== 'security')
    metrics.problems.inc({ event: String(line.event) })
}
