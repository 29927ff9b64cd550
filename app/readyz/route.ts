import { findObstacle } from '@/lib/readiness'

/** 200 when the database answers, every migration is applied and no provider refuses us, else 503 with the reason in a few words. */
export async function GET() {
  const obstacle = await findObstacle(new Date())
  return obstacle ? new Response(`${obstacle}\n`, { status: 503 }) : new Response('ready\n')
}

export const dynamic = 'force-dynamic'
