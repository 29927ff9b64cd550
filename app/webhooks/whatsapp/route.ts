import { greetMeta, receiveMeta } from '@/lib/messaging'

/** Answers Meta's check of this address: 200 with its challenge; 401 for a wrong token. */
export function GET(request: Request) {
  const { status, text } = greetMeta(new URL(request.url).searchParams)
  return new Response(text, { status, headers: { 'content-type': 'text/plain' } })
}

/**
 * Receives delivery reports of WhatsApp messages from Meta: 200 when processed, also when repeated;
 * 401 for a wrong signature.
 */
export async function POST(request: Request) {
  return new Response(null, { status: await receiveMeta(request, new Date()) })
}
