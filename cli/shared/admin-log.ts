import { logSecurity } from '@/lib/platform/security-log'

/** An act of an operator: its word, and the account that it is about. */
type Act = { change: string; userId?: string }

/**
 * Runs an operator's act and logs it with its outcome. The operator is named
 * by the id that the operating system has for the user of the process.
 */
export async function logAdmin<Value>(act: Act, work: () => Promise<Value>): Promise<Value> {
  const operator = process.getuid?.()
  const facts = { userId: null, ...act, ...(operator !== undefined && { operator }) }
  try {
    const value = await work()
    logSecurity('authz_admin', facts)
    return value
  } catch (error) {
    logSecurity('authz_admin', { ...facts, outcome: 'failure' })
    throw error
  }
}
