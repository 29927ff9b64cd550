import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import en from '@/messages/en.json'
import id from '@/messages/outage.json'
import { prepareErrorPage } from './error-page'
import type { WholeRequest } from './requests'

const BAD_REQUEST = 400
const TOO_LARGE = 413
/** A connection that is closed while the client still sends is reset, and the client loses the answer. */
const DISCARD_MS = 5_000

/**
 * Answers 413 with a page while the body still arrives, discards the rest for at most 5 s, and
 * closes the connection.
 */
export async function refuseLargeBody(
  request: WholeRequest,
  response: ServerResponse,
): Promise<void> {
  response.statusCode = TOO_LARGE
  response.setHeader('connection', 'close')
  response.write(preparePage(response, 'tooLarge'))
  const closed = once(response, 'close').catch(() => {})
  await Promise.race([request.ended, closed, sleep(DISCARD_MS, undefined, { ref: false })])
  response.end()
}

/** Answers 400 with a page. */
export function refuseMalformedBody(response: ServerResponse): void {
  response.statusCode = BAD_REQUEST
  response.end(preparePage(response, 'malformed'))
}

/** Whether a body that claims to be a multipart form is one. Next answers 500 for one that is not. */
export async function isWellFormed({ headers }: WholeRequest, body: Buffer): Promise<boolean> {
  const type = headers['content-type'] ?? ''
  if (!type.toLowerCase().startsWith('multipart/')) return true
  try {
    await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
    return true
  } catch {
    return false
  }
}

function preparePage(response: ServerResponse, fault: 'tooLarge' | 'malformed') {
  return prepareErrorPage(response, {
    title: id[fault].title,
    id: { ...id, ...id[fault] },
    en: { ...en.error, ...en[fault] },
  })
}
