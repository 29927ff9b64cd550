const EXPECTED = ['CliError', 'EnvironmentFault']

/**
 * An expected failure. Its message says what is wrong and what to do; nothing else of it is
 * printed.
 */
export function cliError(message: string, cause?: unknown) {
  return Object.assign(new Error(message, { cause }), { name: 'CliError' })
}

/**
 * Runs a command of a developer. An expected failure prints its message, any other its stack trace;
 * both exit with 1.
 */
export async function main(work: () => Promise<void>) {
  try {
    await work()
  } catch (error) {
    console.error(describeFailure(error))
    process.exit(1)
  }
}

/**
 * A failure as a text for a terminal. Other fields of an error are left out: the field `input` of an
 * invalid URL contains its password.
 */
export function describeFailure(error: unknown): string {
  if (isExpected(error)) return `\n${error.message}\n`
  return (error instanceof Error && error.stack) || 'An unknown error.'
}

/** Whether an error is an expected failure, whose message is fit to print. */
export const isExpected = (error: unknown): error is Error =>
  error instanceof Error && EXPECTED.includes(error.name)

/**
 * The code of an error: of the system, such as ENOENT or EADDRINUSE, or of PostgreSQL (five
 * characters).
 */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
