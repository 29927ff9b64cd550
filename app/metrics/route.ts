import { showMessagingGauges } from '@/lib/messaging'
import { answerMetrics } from '@/lib/platform/metrics-access'
import { showReadiness } from '@/lib/platform/readiness'

showMessagingGauges()
showReadiness()

/** The metrics of this process for Prometheus: 404 without METRICS_TOKEN, 401 for another token. */
export async function GET(request: Request) {
  const authorization = request.headers.get('authorization') ?? undefined
  const { status, headers, body } = await answerMetrics(authorization)
  return new Response(body, { status, headers })
}

export const dynamic = 'force-dynamic'
