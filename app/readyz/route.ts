import { readReadiness } from '@/lib/platform/readiness'

/**
 * 200 when this process can take requests, else 503. The body names the reason, and a provider that
 * refuses us.
 */
export async function GET() {
  const { isReady, words } = await readReadiness(new Date())
  return new Response(`${words}\n`, { status: isReady ? 200 : 503 })
}

export const dynamic = 'force-dynamic'
