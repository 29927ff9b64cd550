import { exportStaffEvents } from '@/lib/support'
import { requireStaff } from '../../_session/staff'
import { readFilter, toLogFilter } from '../filter'

/**
 * The rows of the log that the auditor has chosen, as a file. It is a POST, because the export is
 * itself a row of the log.
 */
export async function POST(request: Request): Promise<Response> {
  const staff = await requireStaff(['auditor'])
  const chosen = readFilter(Object.fromEntries(await request.formData()))
  const lines = await exportStaffEvents(staff, toLogFilter(chosen), new Date())
  return new Response(streamOf(lines), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="log.csv"',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}

/**
 * A line is read when the one before is taken. A failure cuts the file off, which the browser
 * reports.
 */
function streamOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await lines.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await lines.return(undefined)
    },
  })
}
