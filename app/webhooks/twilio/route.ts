import { receiveTwilio } from '@/lib/messaging'

/**
 * Receives delivery reports from Twilio: 200 when processed, also when repeated; 401 for a wrong
 * signature.
 */
export async function POST(request: Request) {
  return new Response(null, { status: await receiveTwilio(request, new Date()) })
}
