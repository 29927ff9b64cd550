import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished, vi } from 'vitest'
import { boundConnections } from '@/server/connections'
import { readForm, refuseLargeBody, refuseMalformedBody } from '@/server/refuse'
import { REQUEST_LIMITS } from '@/server/requests'

const LIMIT = 64 * 1_024

/** A server that says how many bytes of a body it was handed over. */
async function listen(inAll?: number) {
  const server = createServer(REQUEST_LIMITS, async (request, response) => {
    const body = request.isTooLarge ? undefined : await request.received
    if (!body) return refuseLargeBody(request, response)
    if (!(await readForm(request, body))) return refuseMalformedBody(response)
    let bytes = 0
    for await (const chunk of request) bytes += chunk.length
    response.end(`${bytes} bytes`)
  }).listen(0, '127.0.0.1')
  boundConnections(server, { inAll })
  const open = new Set<IncomingMessage>()
  server.on('request', (request) => {
    open.add(request)
    request.once('close', () => open.delete(request))
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const waitForOpen = (count: number) =>
    vi.waitFor(() => expect(open.size).toBe(count), { timeout: 10_000, interval: 5 })
  return { port, base: `http://127.0.0.1:${port}`, waitForOpen }
}

function openSocket(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  onTestFinished(() => void socket.destroy())
  return once(socket, 'connect').then(() => socket)
}

const isClosed = (socket: Socket) =>
  Promise.race([once(socket.resume(), 'close').then(() => true), sleep(500, false, { ref: false })])

async function* inParts(bytes: number) {
  for (let left = bytes; left > 0; left -= 1_000) yield Buffer.alloc(Math.min(left, 1_000))
}

it.each([
  ['of an announced length', (bytes: number) => ({ body: Buffer.alloc(bytes) })],
  ['of an unknown length', (bytes: number) => ({ body: inParts(bytes), duplex: 'half' as const })],
])('hands over a body %s up to 64 kB, and refuses a larger one with a page', async (_, send) => {
  const { base } = await listen()
  const whole = await fetch(base, { method: 'POST', ...send(LIMIT) } as RequestInit)
  expect([whole.status, await whole.text()]).toEqual([200, `${LIMIT} bytes`])
  const larger = await fetch(base, { method: 'POST', ...send(LIMIT + 1) } as RequestInit)
  expect(larger.status).toBe(413)
  expect(larger.headers.get('connection')).toBe('close')
  expect(await larger.text()).toMatch(/Isianmu terlalu panjang.*What you typed is too long/s)
})

it('hands over a batch of receipts up to 3 MB, eight at a time, and others as a form', async () => {
  const { base, port, waitForOpen } = await listen()
  const url = `${base}/webhooks/whatsapp`
  const post = async (bytes: number) => {
    const { status } = await fetch(url, { method: 'POST', body: Buffer.alloc(bytes) })
    return status
  }
  const most = 3 * 1_024 * 1_024
  expect([await post(most), await post(most + 1)]).toEqual([200, 413])
  // A request keeps its place among the eight until it is closed, which may be after its answer.
  await waitForOpen(0)
  const slow = await Promise.all(Array.from({ length: 8 }, () => openSocket(port)))
  for (const socket of slow)
    socket.write('POST /webhooks/whatsapp HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf')
  await waitForOpen(8)
  expect([await post(LIMIT + 1), await post(LIMIT)]).toEqual([413, 200])
  for (const socket of slow) socket.destroy()
  await waitForOpen(0)
  expect(await post(LIMIT + 1)).toBe(200)
})

it('refuses a body that is announced as too large before it arrives', async () => {
  const { port } = await listen()
  const socket = await openSocket(port)
  socket.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${LIMIT + 1}\r\n\r\n`)
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1\.1 413 /)
})

const FORM = 'multipart/form-data; boundary=x'
const part = (text: string) => `--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n${text}\r\n`

it.each([
  ['without its end', FORM, part('1')],
  ['without a boundary', 'multipart/form-data', part('1')],
  ['with another boundary', 'multipart/form-data; boundary=y', `${part('1')}--x--\r\n`],
  ['with a broken header', FORM, '--x\r\ncontent-disposition\r\n\r\n1\r\n--x--\r\n'],
  ['that is empty', FORM, ''],
])('refuses a multipart body %s with a page', async (_, type, body) => {
  const { base } = await listen()
  const answer = await fetch(base, { method: 'POST', headers: { 'content-type': type }, body })
  expect(answer.status).toBe(400)
  expect(await answer.text()).toMatch(/tidak bisa membaca isianmu.*could not read what you sent/s)
})

it('hands over a multipart body that is a form', async () => {
  const { base } = await listen()
  const form = new FormData()
  form.set('a', 'é "1"\r\n')
  expect((await fetch(base, { method: 'POST', body: form })).status).toBe(200)
})

it('never hands over a body that breaks off', async () => {
  const { port, base } = await listen()
  const socket = await openSocket(port)
  socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf')
  socket.end()
  expect(await isClosed(socket)).toBe(true)
  expect((await fetch(base)).status).toBe(200)
})

it('hands over a GET that has the headers of a form, as Next sends to itself', async () => {
  const { base } = await listen()
  const headers = { 'content-type': 'multipart/form-data; boundary=b' }
  expect((await fetch(base, { headers })).status).toBe(200)
  expect((await fetch(base, { method: 'POST', headers, body: 'no form' })).status).toBe(400)
})

it('closes the connections of one address above its share, and takes new ones when others have ended', async () => {
  const { port } = await listen(3)
  const sockets = await Promise.all([1, 2, 3].map(() => openSocket(port)))
  expect(await isClosed(await openSocket(port))).toBe(true)
  expect(await Promise.all(sockets.map(isClosed))).toEqual([false, false, false])
  sockets[0]?.destroy()
  await sleep(50)
  expect(await isClosed(await openSocket(port))).toBe(false)
})
