/**
 * Errors of PostgreSQL (SQLSTATE, or the two characters of their class) after which the same request
 * may succeed later: connection, log-in, read-only, deadlock, no resources such as disk or
 * connections, a lock or statement that took too long, shutdown, input and output.
 */
const SQL_STATES = /^(08|28|3D|40|53|57|58).{3}$|^(25006|55P03)$/

/** The same of the network and of Prisma (P1xxx: connection; P20xx: time limits, conflicts). */
const CODES = [
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['P1001', 'P1002', 'P1008', 'P1010', 'P1017', 'P2024', 'P2028', 'P2034', 'P2037'],
]

/** The errors of `pg`, which have no code. */
const MESSAGES =
  /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|PostgreSQL gave no answer)/

/**
 * Whether an error, or one that caused it, means that the database cannot be used now. A refused
 * value or a fault in a statement does not.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { code, originalCode, message, cause, meta } = fieldsOf(error)
  if ([code, originalCode].some(isPassing)) return true
  if (typeof message === 'string' && MESSAGES.test(message)) return true
  return [cause, ...Object.values(fieldsOf(meta))].some(isDatabaseUnavailable)
}

const isPassing = (code: unknown) =>
  typeof code === 'string' && (CODES.includes(code) || SQL_STATES.test(code))

/** `message` and `cause` of an error are not enumerable. */
function fieldsOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return {}
  return value instanceof Error
    ? { ...value, message: value.message, cause: value.cause }
    : { ...value }
}
