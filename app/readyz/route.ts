import { findObstacle } from '@/lib/readiness'

/** 200 when the database answers and every migration is applied, else 503 with the reason in one word. */
export async function GET() {
  const obstacle = await findObstacle()
  return obstacle ? new Response(`${obstacle}\n`, { status: 503 }) : new Response('ready\n')
}

export const dynamic = 'force-dynamic'
