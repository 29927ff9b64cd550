import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { instant } from '@/bench/support/clock'
import { openRecords } from '@/bench/support/records'

// A process of its own: Twilio's and Resend's far end. It takes every message at once, and notes when it arrived.
const record = openRecords()

const server = createServer(async (request, response) => {
  const at = instant()
  // The worker shows its keys at its start, by asking for what only their holder is told.
  if (request.method === 'GET')
    return void response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  const body = await text(request)
  const isEmail = request.url === '/emails'
  const to = isEmail ? JSON.parse(body).to : new URLSearchParams(body).get('To')
  record(String(to), at)
  const answer = isEmail ? { id: String(to) } : { sid: String(to), status: 'queued' }
  response
    .writeHead(isEmail ? 200 : 201, { 'content-type': 'application/json' })
    .end(JSON.stringify(answer))
})

server.listen(0, '127.0.0.1', () => process.send?.(server.address() ?? ''))
process.on('disconnect', () => process.exit())
