import { createHash, timingSafeEqual } from 'node:crypto'
import { env } from './env'
import { METRICS_TYPE, readMetrics } from './metrics'

export type MetricsAnswer = { status: number; headers: Record<string, string>; body: string }

/**
 * The answer to a request for the metrics, by its Authorization header: 404 without METRICS_TOKEN,
 * 401 for another token, else 200 with the text that Prometheus reads.
 */
export async function answerMetrics(authorization: string | undefined): Promise<MetricsAnswer> {
  const { METRICS_TOKEN } = env()
  if (!METRICS_TOKEN) return { status: 404, headers: {}, body: 'Not Found\n' }
  if (!isEqual(authorization ?? '', `Bearer ${METRICS_TOKEN}`))
    return { status: 401, headers: { 'www-authenticate': 'Bearer' }, body: 'Unauthorized\n' }
  return { status: 200, headers: { 'content-type': METRICS_TYPE }, body: await readMetrics() }
}

/** Hashes first, so that the time reveals neither the token nor its length. */
const isEqual = (one: string, other: string) => timingSafeEqual(digest(one), digest(other))

const digest = (text: string) => createHash('sha256').update(text).digest()
