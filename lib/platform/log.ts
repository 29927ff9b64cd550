import pino from 'pino'

/**
 * Structured log lines (JSON, UTC, one line each). Events carry ids and words only: no code, token, password or full
 * address is ever passed in.
 */
export const log = pino({ timestamp: pino.stdTimeFunctions.isoTime, base: null })
