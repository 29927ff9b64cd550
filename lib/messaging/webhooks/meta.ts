import { createHmac, timingSafeEqual } from 'node:crypto'
import * as z from 'zod'
import { env } from '@/lib/platform/env'
import { REJECTED_CODES, refusedPartOf } from '../providers/meta'
import { recordProviderHealth } from '../worker/provider-health'
import { readBody } from './body'
import { type Receipt, recordReceipt } from './receipts'
import { refuseForged, STATUS, type Status } from './status'

/** Meta sends up to a thousand reports together. */
const LARGEST_BATCH_BYTES = 3 * 1_024 * 1_024

/** An id of Meta, in base64 with a prefix. */
const messageId = z.string().regex(/^[\w.+/=-]{1,200}$/)

const report = z.object({
  id: messageId,
  status: z.string(),
  errors: z.array(z.object({ code: z.number().int() })).optional(),
})

/** A webhook has other fields and events, too, which are ignored. */
const batch = z.object({
  entry: z.array(
    z.object({
      changes: z.array(
        z.object({
          value: z.object({
            metadata: z.object({ phone_number_id: z.string() }).optional(),
            statuses: z.array(z.unknown()).optional(),
          }),
        }),
      ),
    }),
  ),
})

type Report = z.output<typeof report>

/** Answers the check that Meta makes when its webhook is set up: the challenge, if the token is ours. */
export function greetMeta(query: URLSearchParams): { status: Status; text: string | null } {
  const { META_VERIFY_TOKEN } = env()
  if (!isConfigured() || !META_VERIFY_TOKEN) return { status: STATUS.unconfigured, text: null }
  const isOurs =
    query.get('hub.mode') === 'subscribe' &&
    isEqual(query.get('hub.verify_token') ?? '', META_VERIFY_TOKEN)
  if (!isOurs) return { status: refuseForged('meta'), text: null }
  return { status: STATUS.done, text: query.get('hub.challenge') }
}

/**
 * Handles a batch of delivery reports of Meta, signed with the secret of our app over the bytes of the
 * body. They carry no time that counts: a state never moves back, so old, repeated and disordered
 * ones are harmless. After a failure Meta sends the whole batch again.
 */
export async function receiveMeta(request: Request, now: Date): Promise<Status> {
  const { META_APP_SECRET } = env()
  if (!isConfigured() || !META_APP_SECRET) return STATUS.unconfigured
  const body = await readBody(request, LARGEST_BATCH_BYTES)
  if (body === undefined) return STATUS.oversized
  if (!isSigned(body, request.headers.get('x-hub-signature-256') ?? '', META_APP_SECRET))
    return refuseForged('meta')
  const reports = readReports(body)
  if (!reports) return STATUS.malformed
  for (const one of reports) await take(one, now)
  return STATUS.done
}

const isConfigured = () => env().WHATSAPP_PROVIDERS?.includes('meta') === true

function isSigned(body: string, signature: string, secret: string) {
  const expected = createHmac('sha256', secret).update(body).digest('hex')
  return isEqual(signature, `sha256=${expected}`)
}

function isEqual(given: string, expected: string) {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** The reports about our number; undefined when the body is no batch. One that cannot be read is left out. */
function readReports(body: string): Report[] | undefined {
  const { META_PHONE_NUMBER_ID } = env()
  const { data } = batch.safeParse(parse(body))
  return data?.entry
    .flatMap(({ changes }) => changes)
    .filter(({ value }) => value.metadata?.phone_number_id === META_PHONE_NUMBER_ID)
    .flatMap(({ value }) => value.statuses ?? [])
    .flatMap((status) => report.safeParse(status).data ?? [])
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function take({ id, status, errors = [] }: Report, now: Date) {
  const code = errors[0]?.code
  const state = readState(status, code)
  if (!state) return
  const reason = `meta ${code ?? status}`
  await recordReceipt({ provider: 'meta', providerId: id, state, reason, now })
  const refuses = code === undefined ? undefined : refusedPartOf(code)
  if (refuses) await recordProviderHealth('meta', { kind: 'misconfigured', refuses, reason }, now)
}

/** Undefined for a state before the arrival. `read` implies it, and may come alone. */
function readState(status: string, code: number | undefined): Receipt['state'] | undefined {
  if (status === 'delivered' || status === 'read') return 'delivered'
  if (status !== 'failed') return undefined
  return code !== undefined && REJECTED_CODES.includes(code) ? 'undeliverable' : 'failed'
}
