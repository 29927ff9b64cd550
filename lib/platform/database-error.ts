import { codeOf } from './command'

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'nothing listens at its host and port',
  ECONNRESET: 'the connection was closed',
  EHOSTUNREACH: 'its host cannot be reached',
  ETIMEDOUT: 'its host does not answer',
  ENOTFOUND: 'its host name is not known',
  EAI_AGAIN: 'its host name is not known',
  '28000': 'PostgreSQL refuses the user or the password',
  '28P01': 'PostgreSQL refuses the user or the password',
  '3D000': 'PostgreSQL has no database of that name',
  '57P03': 'PostgreSQL is still starting',
}

/**
 * Why the database of a connection URL cannot be reached, with the code of the error; undefined for
 * any other error.
 */
export function describeUnreachable(error: unknown): string | undefined {
  const code = codeOf(error) ?? ''
  return REASONS[code] && `${REASONS[code]} (${code})`
}

/**
 * The message of a database error without any part of the URL: user, password, host, port,
 * database, settings.
 */
export function describeDatabaseError(error: unknown, url: string): string {
  const unreachable = describeUnreachable(error)
  if (unreachable) return unreachable
  return error instanceof Error ? withoutUrl(error.message.trim(), url) : 'unknown error'
}

function withoutUrl(message: string, text: string): string {
  const url = new URL(text)
  const written = [url.username, url.password, url.pathname.slice(1), ...url.searchParams.values()]
  const parts = [
    text,
    url.href,
    url.host,
    url.hostname,
    url.port,
    ...written,
    ...written.map(decodeURIComponent),
  ]
  const longestFirst = [...new Set(parts)]
    .filter(Boolean)
    .sort((one, other) => other.length - one.length)
  return longestFirst.reduce((rest, part) => rest.replace(wordOf(part), '…'), message)
}

/** Matches a part as a whole word: a user called "a" must not remove every letter a. */
function wordOf(part: string) {
  const before = /^\w/.test(part) ? '(?<!\\w)' : ''
  const after = /\w$/.test(part) ? '(?!\\w)' : ''
  return new RegExp(`${before}${part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}${after}`, 'g')
}
