const EXPECTED = ['Fault', 'EnvironmentFault']

/** A failure that was foreseen: its message says what is wrong and what to do, and is all that is printed. */
export function fault(message: string, cause?: unknown) {
  return Object.assign(new Error(message, { cause }), { name: 'Fault' })
}

/**
 * Runs a command to its end: a foreseen failure prints its message alone, any other its stack trace; both exit with 1. The other
 * fields of an error are not printed: an invalid URL stands in one of them whole, with its password.
 */
export async function main(work: () => Promise<void>) {
  try {
    await work()
  } catch (error) {
    console.error(error instanceof Error ? describe(error) : 'An unknown error.')
    process.exit(1)
  }
}

const describe = (error: Error) =>
  EXPECTED.includes(error.name) ? `\n${error.message}\n` : error.stack

/** The system's word for what went wrong, such as ENOENT or EADDRINUSE; PostgreSQL's five characters for its own. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
