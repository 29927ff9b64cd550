import { codeOf } from './command'

const MESSAGE_MAX_CHARACTERS = 500
const FRAMES_MAX = 20

/**
 * Personal data and secrets: quoted values, e-mail addresses, codes and telephone numbers, tokens.
 */
const PRIVATE = [
  /"[^"\n]*(?:"|$)/g,
  /(?<![^\s@"'<>()])[^\s@"'<>()]+@[^\s@"'<>()]+/g,
  /[\w+/=-]{24,}/g,
  /\+?\d(?:[\s.()-]?\d){5,}/g,
]

/** A long word without a digit, such as the name of a function. */
const WORD = /^[A-Za-z_+/=-]{24,}$/

/** A table, column or constraint of ours. */
const NAME_IN_SCHEMA = /^"[A-Za-z]+(?:_[A-Za-z]+)+"$/

export type ErrorReport = {
  name: string
  message: string
  code?: string
  stack?: string[]
  cause?: Omit<ErrorReport, 'stack'>
}

/**
 * An error for a log line: its name, its code, the frames of its stack, and its message without
 * personal data. The messages of libraries quote the values that they were given.
 */
export function reportError(error: unknown): ErrorReport {
  if (!(error instanceof Error)) return { name: typeof error, message: '' }
  return {
    ...summarise(error),
    stack: framesOf(error),
    ...(error.cause instanceof Error && { cause: summarise(error.cause) }),
  }
}

function summarise(error: Error) {
  const code = codeOf(error)
  return { name: error.name, message: withoutPrivate(error.message), ...(code && { code }) }
}

/** The stack repeats the message in its first lines, so only the frames are kept. */
const framesOf = ({ stack = '' }: Error) =>
  stack
    .split('\n')
    .filter((line) => /^ +at /.test(line))
    .slice(0, FRAMES_MAX)
    .map((line) => line.trim())

function withoutPrivate(message: string) {
  const start = message.trim().slice(0, MESSAGE_MAX_CHARACTERS)
  const hide = (found: string) => (isHarmless(found) ? found : '…')
  return PRIVATE.reduce((text, pattern) => text.replace(pattern, hide), start)
}

const isHarmless = (found: string) => NAME_IN_SCHEMA.test(found) || WORD.test(found)
