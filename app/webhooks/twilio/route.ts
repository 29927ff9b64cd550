import { receiveTwilio } from '@/lib/messaging'

/** What became of an SMS: 200 when it was understood, also a second time; 401 when it was not Twilio who wrote it, or long ago. */
export async function POST(request: Request) {
  return new Response(null, { status: await receiveTwilio(request, new Date()) })
}
