import { receiveResend } from '@/lib/messaging'

/** What became of an e-mail: 200 when it was understood, also a second time; 401 when it was not Resend who wrote it, or long ago. */
export async function POST(request: Request) {
  return new Response(null, { status: await receiveResend(request, new Date()) })
}
