import { receiveResend } from '@/lib/messaging'

/**
 * Receives delivery events from Resend: 200 when processed, also when repeated; 401 for a wrong
 * signature or an old timestamp.
 */
export async function POST(request: Request) {
  return new Response(null, { status: await receiveResend(request, new Date()) })
}
