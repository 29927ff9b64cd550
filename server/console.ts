import { format, stripVTControlCharacters } from 'node:util'
import { reportError } from '@/lib/platform/error-report'
import { log } from '@/lib/platform/log'

/**
 * Writes what Next and other libraries print as log lines: unhandled rejections, uncaught
 * exceptions, ids of unknown actions. They print full messages in several lines, which may quote
 * personal data.
 */
export function logConsole(): void {
  console.error = (...printed: unknown[]) => log.error(describe(printed), 'a library reports')
  console.warn = (...printed: unknown[]) => log.warn(describe(printed), 'a library reports')
}

function describe(printed: unknown[]) {
  const error = printed.find((one) => one instanceof Error)
  if (error) return { event: 'console', error: reportError(error) }
  // The frames of a text are those of this function.
  const { stack: _, ...message } = reportError(
    new Error(stripVTControlCharacters(format(...printed))),
  )
  return { event: 'console', error: message }
}
