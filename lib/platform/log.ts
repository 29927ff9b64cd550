import pino from 'pino'

/**
 * Structured log lines (JSON, UTC, one line each). Callers pass ids, words and numbers only: no
 * code, token, password or full address.
 */
export const log = pino({ timestamp: pino.stdTimeFunctions.isoTime, base: null })
