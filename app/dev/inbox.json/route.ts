import { parseIdentifier } from '@/lib/addresses'
import { listInbox } from '@/lib/messaging'
import { mayReadInbox } from '../inbox-access'

const MOST = 200

/**
 * The local inbox as JSON, newest first; `?to=` filters by an address in any notation. 404 without
 * the local inbox.
 */
export async function GET(request: Request) {
  if (!(await mayReadInbox())) return new Response('Not Found\n', { status: 404 })
  const to = new URL(request.url).searchParams.get('to')
  if (to === null) return Response.json(await listInbox(null, MOST))
  const address = parseIdentifier(to)
  return Response.json(address.ok ? await listInbox(address.value, MOST) : [])
}

export const dynamic = 'force-dynamic'
