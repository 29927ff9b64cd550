import type { Outcome, Refused, Welcome } from './provider'

const TOO_MANY_REQUESTS = 429
const SERVER_FAULTS = 500
const UNAUTHORISED = [401, 403]

type Call = { form: Record<string, string>; headers?: Record<string, string>; signal: AbortSignal }

/** The names of this very machine in URLs. */
export const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

export type Answer = { status: number; isOk: boolean; body: unknown; afterSeconds: number | undefined }

/** Posts a form and reads the JSON of the answer (null when it is none). A redirect is refused: it would carry the form elsewhere. */
export async function postForm(url: string, { form, headers = {}, signal }: Call): Promise<Answer> {
  return read(await fetch(url, { method: 'POST', body: new URLSearchParams(form), headers, signal, redirect: 'error' }))
}

/** Asks for something that only a holder of our key is told. */
export async function askWithKey(url: URL, authorization: string, signal: AbortSignal): Promise<Answer> {
  return read(await fetch(url, { headers: { authorization }, signal, redirect: 'error' }))
}

async function read(response: Response): Promise<Answer> {
  const body: unknown = await response.json().catch(() => null)
  return { status: response.status, isOk: response.ok, body, afterSeconds: readRetryAfter(response.headers.get('retry-after')) }
}

/** The seconds of a Retry-After header. Its other form, a date, is left to our own back-off. */
export function readRetryAfter(header: string | null | undefined): number | undefined {
  return header && /^\d{1,5}$/.test(header) ? Number(header) : undefined
}

/** Whether a status says that the provider is out of order or overrun, rather than that it minds this message. */
export function isOutage(status: number): boolean {
  return status === TOO_MANY_REQUESTS || status >= SERVER_FAULTS
}

/** Whether a status says that the provider does not take our key. */
export function isUnauthorised(status: number): boolean {
  return UNAUTHORISED.includes(status)
}

export function welcomeBy({ status, isOk }: Answer): Welcome {
  if (isOk) return 'welcome'
  return isUnauthorised(status) ? 'barred' : 'unknown'
}

/** The value of an Authorization header (RFC 7617). */
export function basicAuthorisation(user = '', password = ''): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

export function barred(refuses: Refused, reason: string): Outcome {
  return { kind: 'barred', reason, refuses }
}

type Retry = { afterSeconds?: number | undefined; isOutage?: boolean }

export function retry(reason: string, { afterSeconds, isOutage }: Retry = {}): Outcome {
  return { kind: 'retry', reason, ...(afterSeconds !== undefined && { afterSeconds }), ...(isOutage && { isOutage }) }
}

/** What is left of a message's life, in whole seconds, within the bounds that a provider takes. */
export function secondsLeft(expiresAt: Date, bounds: { least: number; most: number }): number {
  const seconds = Math.floor((expiresAt.getTime() - Date.now()) / 1_000)
  return Math.min(bounds.most, Math.max(bounds.least, seconds))
}
