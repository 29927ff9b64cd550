import * as z from 'zod'
import { findInboxEntry } from '@/lib/messaging'
import { mayReadInbox } from '../../../inbox-access'

/**
 * E-mails have inline styles, which the policy of the pages forbids. This policy allows them, and
 * links.
 */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

type Context = { params: Promise<{ id: string }> }

/** The HTML part of an e-mail of the local inbox. 404 without the local inbox. */
export async function GET(_request: Request, { params }: Context) {
  const id = z.uuid().safeParse((await params).id)
  const entry = (await mayReadInbox()) && id.success ? await findInboxEntry(id.data) : null
  return entry?.html
    ? new Response(entry.html, { headers: HEADERS })
    : new Response('Not Found\n', { status: 404 })
}

export const dynamic = 'force-dynamic'
