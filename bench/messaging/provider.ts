import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { monotonicMs } from '@/bench/support/clock'
import { startRecorder } from '@/bench/support/records'

// A process of the benchmark: an HTTP server in the place of Twilio and Resend. It accepts every
// message and records its arrival.
const record = startRecorder()

const server = createServer(async (request, response) => {
  const at = monotonicMs()
  // At its start the worker checks its API keys with a GET request.
  if (request.method === 'GET')
    return void response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  const body = await text(request)
  const isEmail = request.url === '/emails'
  const to = isEmail ? JSON.parse(body).to : new URLSearchParams(body).get('To')
  record(String(to), at)
  const result = isEmail ? { id: String(to) } : { sid: String(to), status: 'queued' }
  response
    .writeHead(isEmail ? 200 : 201, { 'content-type': 'application/json' })
    .end(JSON.stringify(result))
})

server.listen(0, '127.0.0.1', () => process.send?.(server.address() ?? ''))
process.on('disconnect', () => process.exit())
