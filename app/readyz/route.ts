import { readReadiness } from '@/lib/platform/readiness'

/** 200 when this process may be given requests, else 503; why, or what is amiss all the same, in a few words. */
export async function GET() {
  const { isReady, words } = await readReadiness(new Date())
  return new Response(`${words}\n`, { status: isReady ? 200 : 503 })
}

export const dynamic = 'force-dynamic'
