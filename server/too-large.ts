import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import en from '@/messages/en.json'
import id from '@/messages/outage.json'
import { prepareErrorPage } from './error-page'
import type { WholeRequest } from './requests'

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
  const { title } = id.tooLarge
  response.write(
    prepareErrorPage(response, {
      title,
      id: { ...id, ...id.tooLarge },
      en: { ...en.error, ...en.tooLarge },
    }),
  )
  const closed = once(response, 'close').catch(() => {})
  await Promise.race([request.ended, closed, sleep(DISCARD_MS, undefined, { ref: false })])
  response.end()
}
