import type { Outcome } from './provider'

const TOO_MANY_REQUESTS = 429
const SERVER_FAULTS = 500

type Call = { form: Record<string, string>; headers?: Record<string, string>; signal: AbortSignal }

/** The names of this very machine in URLs. */
export const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

export type Answer = { status: number; isOk: boolean; body: unknown; afterSeconds: number | undefined }

/** Posts a form and reads the JSON of the answer (null when it is none). A redirect is refused: it would carry the form elsewhere. */
export async function postForm(url: string, { form, headers = {}, signal }: Call): Promise<Answer> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form), headers, signal, redirect: 'error' })
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

type Retry = { afterSeconds?: number | undefined; isOutage?: boolean }

export function retry(reason: string, { afterSeconds, isOutage }: Retry = {}): Outcome {
  return { kind: 'retry', reason, ...(afterSeconds !== undefined && { afterSeconds }), ...(isOutage && { isOutage }) }
}

/** What is left of a message's life, in whole seconds, within the bounds that a provider takes. */
export function secondsLeft(expiresAt: Date, bounds: { least: number; most: number }): number {
  const seconds = Math.floor((expiresAt.getTime() - Date.now()) / 1_000)
  return Math.min(bounds.most, Math.max(bounds.least, seconds))
}
