import { logTo } from '@/lib/platform/log'

/** A security event in the log. */
export type LogLine = Record<string, unknown> & { event: string; userId: string | null }

/** The security events in a log. */
export const securityLines = (log: string): LogLine[] =>
  log
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .filter(({ kind }) => kind === 'security')

/** What a line says, without the facts that every line has. */
export const factsOf = ({ event, userId, purpose, subject, limit, reason }: LogLine) =>
  Object.fromEntries(
    Object.entries({ event, userId, purpose, subject, limit, reason }).filter(
      ([, value]) => value !== undefined,
    ),
  )

/** What the log of this process receives while `work` runs, as it was written. */
export async function logOf(work: () => unknown): Promise<string> {
  const written: string[] = []
  const before = logTo({ write: (line) => void written.push(line) })
  try {
    await work()
  } finally {
    logTo(before)
  }
  return written.join('')
}
