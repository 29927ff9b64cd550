import 'server-only'
import { redirect } from 'next/navigation'
import { limitDownloads, openPerson, type PersonData } from '@/lib/personal-data'
import type { Locale } from '@/lib/platform/locale'
import { endedAt } from '../../_forms/flow-end'
import { findExporter } from './exporter'

/** The page has styles of its own, and a browser may show it in place of saving it. */
const POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

type File = {
  name: string
  type: string
  write: (data: PersonData, locale: Locale) => AsyncGenerator<string>
}

/**
 * The data of the signed-in customer as a file to keep, which is read from the database as fast as the
 * browser takes it. Without a ticket it leads to the password, and above the limit to a page that says
 * so.
 */
export async function download({ name, type, write }: File): Promise<Response> {
  const now = new Date()
  const exporter = await findExporter(now)
  if (!exporter) redirect('/profile/export')
  const throttled = await limitDownloads(exporter.userId)
  if (throttled) redirect(endedAt('/profile/export', throttled.refusal))
  const data = await openPerson(exporter.userId, now, { isOperator: false })
  return new Response(streamOf(write(data, exporter.locale)), {
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'content-disposition': `attachment; filename="${name}"`,
      'content-security-policy': POLICY,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}

/** A part is written when the one before is taken. A failure cuts the file off, which the browser reports. */
function streamOf(parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await parts.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await parts.return(undefined)
    },
  })
}
