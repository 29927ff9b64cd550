import pino, { type DestinationStream } from 'pino'

const STDOUT = 1

/** JSON leaves these as they are, but some programs end a line or begin a command at them. */
const UNESCAPED = /[\u007f-\u009f\u2028\u2029]/g

let stream: DestinationStream = pino.destination(STDOUT)

/**
 * Structured log lines (JSON, UTC, one line each). Callers pass ids, words and numbers only: no
 * code, token, password or full address.
 */
export const log = pino(
  { timestamp: pino.stdTimeFunctions.isoTime, base: null },
  { write: (line) => stream.write(line.replace(UNESCAPED, escapeCharacter)) },
)

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
