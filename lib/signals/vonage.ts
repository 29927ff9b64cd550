import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { Phone } from '@/lib/addresses'
import { env } from '@/lib/platform/env'
import { postJson } from '@/lib/platform/http-client'
import {
  failureOf,
  type SignalAnswer,
  SignalFailure,
  type SignalProvider,
  toAnswer,
  unreadable,
} from './provider'

const PATH = '/identity-insights/v1/requests'

/** The purpose for which operators grant the SIM swap insight. */
const PURPOSE = 'FraudPreventionAndDetection'

const TOKEN_LIFETIME = '1m'

const found = z.object({
  insights: z.object({
    sim_swap: z.object({
      is_swapped: z.boolean().optional(),
      status: z.object({ code: z.string() }),
    }),
  }),
})

/** An operator behind Vonage, or Vonage itself, does not work. */
const FAILED = ['SUPPLIER_ERROR', 'INTERNAL_ERROR']

/** Our application may not ask for this purpose. */
const REFUSED = ['INVALID_PURPOSE']

/**
 * The SIM swap insight of Vonage's Identity Insights API (v1). The API has no insight about recycled
 * numbers, so these are unknown. Path, request and answer are those of Vonage's documentation and of
 * its own clients. They could not be tried without an account, and the coverage in Indonesia is not
 * documented.
 */
export const vonage: SignalProvider = {
  name: 'vonage',
  simSwapped,
  recycled: async () => 'unknown',
}

async function simSwapped(
  phone: Phone,
  hours: number,
  _now: Date,
  signal: AbortSignal,
): Promise<SignalAnswer> {
  const answer = await postJson(new URL(PATH, env().VONAGE_INSIGHTS_URL), {
    body: {
      phone_number: phone.value.replace(/^\+/, ''),
      purpose: PURPOSE,
      insights: { sim_swap: { period: hours } },
    },
    authorization: `Bearer ${await signToken()}`,
    signal,
  })
  if (!answer.isOk) throw failureOf(answer)
  const { data } = found.safeParse(answer.body)
  if (!data) throw unreadable()
  const { is_swapped: isSwapped, status } = data.insights.sim_swap
  if (FAILED.includes(status.code)) throw new SignalFailure('failed', status.code)
  if (REFUSED.includes(status.code)) throw new SignalFailure('refused', status.code)
  return status.code === 'OK' && isSwapped !== undefined ? toAnswer(isSwapped) : 'unknown'
}

/** The JWT by which an application of Vonage authenticates itself. */
async function signToken() {
  const { VONAGE_APPLICATION_ID, VONAGE_PRIVATE_KEY } = env()
  if (!VONAGE_PRIVATE_KEY) throw new SignalFailure('refused', 'no key')
  const { SignJWT } = await import('jose')
  return new SignJWT({ application_id: VONAGE_APPLICATION_ID })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuedAt()
    .setExpirationTime(TOKEN_LIFETIME)
    .setJti(randomUUID())
    .sign(VONAGE_PRIVATE_KEY)
}
