import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'

/** More characters than the product reads of an answer. */
const HUGE_CHARACTERS = 100_000

export type Endpoint = 'token' | 'check' | 'retrieve-date' | 'recycling' | 'insights'

/** What an operator knows about a number. Each is false, and the date null, unless it is said. */
export type Facts = {
  swapped?: boolean
  recycled?: boolean
  swappedAt?: string
  monitoredPeriod?: number
  /** The status of Vonage's insight, unless it is OK. */
  insight?: string
}

/**
 * How an endpoint fails: it never answers, closes the connection, sends what is no JSON or is too
 * long, answers late, or with this status.
 */
export type Mode =
  | 'hang'
  | 'drop'
  | 'garble'
  | 'huge'
  | { afterMs: number }
  | { status: number; code?: string; body?: unknown; headers?: Record<string, string> }

/** The good answer of an endpoint about a number. */
export function answerAbout(
  endpoint: Exclude<Endpoint, 'token'>,
  { swapped = false, recycled = false, swappedAt, monitoredPeriod, insight = 'OK' }: Facts,
): object {
  switch (endpoint) {
    case 'check':
      return { swapped }
    case 'recycling':
      return { phoneNumberRecycled: recycled }
    case 'retrieve-date':
      return {
        latestSimChange: swappedAt ?? null,
        ...(monitoredPeriod !== undefined && { monitoredPeriod }),
      }
    case 'insights':
      return {
        request_id: randomUUID(),
        insights: {
          sim_swap: {
            ...(insight === 'OK' && { is_swapped: swapped }),
            status: { code: insight, message: 'Text' },
          },
        },
      }
    default:
      throw new Error(endpoint satisfies never)
  }
}

/** An error of CAMARA. */
export const errorOf = (status: number, code: string) => ({ status, code, message: 'Text' })

/** Fails in this way. Returns false when the endpoint then answers as always. */
export async function failBy(mode: Mode | undefined, response: ServerResponse): Promise<boolean> {
  if (mode === undefined) return false
  if (mode === 'hang') return true
  if (mode === 'drop') response.destroy()
  else if (mode === 'garble') response.writeHead(200).end('{"swapped": ')
  else if (mode === 'huge') reply(response, 200, hugeAnswer())
  else if ('afterMs' in mode) {
    await sleep(mode.afterMs)
    return false
  } else {
    const { status, code = 'ERROR', body = errorOf(status, code), headers } = mode
    reply(response, status, body, headers)
  }
  return true
}

/** A good answer of either API, and much more. */
const hugeAnswer = () => ({
  swapped: false,
  phoneNumberRecycled: false,
  text: 'x'.repeat(HUGE_CHARACTERS),
})

export function reply(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) {
  response
    .writeHead(status, { 'content-type': 'application/json', ...headers })
    .end(JSON.stringify(body))
}

const anyFields = z.record(z.string(), z.unknown())

/** The fields of a form or of JSON. */
export async function readFields(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8')
  return request.headers['content-type']?.startsWith('application/json')
    ? anyFields.parse(JSON.parse(text))
    : Object.fromEntries(new URLSearchParams(text))
}
