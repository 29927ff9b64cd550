const EXPECTED = ['CliError', 'EnvironmentFault']

/**
 * An expected failure. Its message says what is wrong and what to do; nothing else of it is
 * printed.
 */
export function cliError(message: string, cause?: unknown) {
  return Object.assign(new Error(message, { cause }), { name: 'CliError' })
}

/**
 * Runs a command. An expected failure prints its message, any other its stack trace; both exit with
 * 1. Other fields of an error are not printed: the field `input` of an invalid URL contains its
 * password.
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

/**
 * The code of an error: of the system, such as ENOENT or EADDRINUSE, or of PostgreSQL (five
 * characters).
 */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
