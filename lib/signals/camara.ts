import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { Phone } from '@/lib/addresses'
import { env } from '@/lib/platform/env'
import { type Answer, postJson } from '@/lib/platform/http-client'
import { dropToken, tokenFor } from './camara-token'
import { dayOf } from './day'
import { failureOf, type SignalAnswer, type SignalProvider, toAnswer, unreadable } from './provider'

const HOUR_MS = 60 * 60_000
const DAY_HOURS = 24

/** The two APIs. Each has its own token, so that one works when the other is not granted. */
const SIM_SWAP = { path: 'sim-swap/v2', scope: 'sim-swap:check sim-swap:retrieve-date' } as const
const RECYCLING = { path: 'number-recycling/v0.2', scope: 'number-recycling:check' } as const

const checked = z.object({ swapped: z.boolean() })
const dated = z.object({
  latestSimChange: z.iso.datetime({ offset: true }).nullable(),
  monitoredPeriod: z.int().optional(),
})
const recycling = z.object({ phoneNumberRecycled: z.boolean() })
const refused = z.object({ code: z.string() })

const UNAUTHENTICATED = 401

/** The request is as specified, but the operator checks no such period, or not that far back. */
const OUT_OF_RANGE = '400 OUT_OF_RANGE'

/** The operator can tell nothing about this number. */
const NOT_COVERED = [OUT_OF_RANGE, '404 IDENTIFIER_NOT_FOUND', '422 SERVICE_NOT_APPLICABLE']

/**
 * The APIs of CAMARA, SIM Swap 2.1.0 and Number Recycling 0.2.0, of an operator or of somebody who
 * passes them on. The token is one of the client, so the number is in the request.
 */
export const camara: SignalProvider = { name: 'camara', simSwapped, recycled }

async function simSwapped(phone: Phone, hours: number, now: Date, signal: AbortSignal) {
  const body = { phoneNumber: phone.value, maxAge: hours }
  const answer = await post(SIM_SWAP, 'check', body, signal)
  if (faultOf(answer) === OUT_OF_RANGE) return compareDate(phone, hours, now, signal)
  const found = read(answer, checked)
  return found ? toAnswer(found.swapped) : 'unknown'
}

/** An operator that does not check this period may tell the date of the last change. */
async function compareDate(
  phone: Phone,
  hours: number,
  now: Date,
  signal: AbortSignal,
): Promise<SignalAnswer> {
  const answer = await post(SIM_SWAP, 'retrieve-date', { phoneNumber: phone.value }, signal)
  const found = read(answer, dated)
  if (!found) return 'unknown'
  const { latestSimChange, monitoredPeriod = Infinity } = found
  if (latestSimChange !== null)
    return toAnswer(Date.parse(latestSimChange) >= now.getTime() - hours * HOUR_MS)
  return monitoredPeriod * DAY_HOURS >= hours ? 'no' : 'unknown'
}

async function recycled(phone: Phone, verifiedAt: Date, signal: AbortSignal) {
  const body = { phoneNumber: phone.value, specifiedDate: dayOf(verifiedAt) }
  const found = read(await post(RECYCLING, 'check', body, signal), recycling)
  return found ? toAnswer(found.phoneNumberRecycled) : 'unknown'
}

/** The content of a good answer; undefined when the operator cannot tell about the number. */
function read<Content>(answer: Answer, schema: z.ZodType<Content>): Content | undefined {
  if (answer.isOk) {
    const { data } = schema.safeParse(answer.body)
    if (data === undefined) throw unreadable()
    return data
  }
  if (NOT_COVERED.includes(faultOf(answer))) return undefined
  throw failureOf(answer)
}

/** The status and code of an error, such as `404 IDENTIFIER_NOT_FOUND`. */
function faultOf({ status, body }: Answer) {
  return `${status} ${refused.safeParse(body).data?.code}`
}

/** Posts with our token. A token that ended early is replaced once. */
async function post(
  { path, scope }: { path: string; scope: string },
  name: string,
  body: object,
  signal: AbortSignal,
): Promise<Answer> {
  const { CAMARA_API_ROOT = '', CAMARA_PURPOSE } = env()
  const url = new URL(`${CAMARA_API_ROOT.replace(/\/$/, '')}/${path}/${name}`)
  const scopes = CAMARA_PURPOSE ? `${CAMARA_PURPOSE} ${scope}` : scope
  const send = (token: string) =>
    postJson(url, {
      body,
      authorization: `Bearer ${token}`,
      headers: { 'x-correlator': randomUUID() },
      signal,
    })
  const token = await tokenFor(scopes)
  const answer = await send(token)
  if (answer.status !== UNAUTHENTICATED) return answer
  dropToken(scopes, token)
  return send(await tokenFor(scopes))
}
