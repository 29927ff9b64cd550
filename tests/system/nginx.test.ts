import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { portOf } from '../support/fake-providers'
import { CARE_HOST, call, configure, HOST, inFolder, startNginx, stopNginx } from './nginx-site'
import { named } from './packages'

const run = promisify(execFile)
const LARGEST_BODY_BYTES = 64 * 1_024
const PATIENCE = { timeout: 10_000, interval: 50 }

const seen: { method: string; url: string; headers: IncomingHttpHeaders }[] = []
/** Stands for a web process, and shows what nginx passes to it. */
const upstream = createServer((incoming, answer) => {
  const { method = '', url = '', headers } = incoming
  incoming.resume().once('end', () => {
    seen.push({ method, url, headers })
    answer.statusCode = url === '/unavailable' ? 503 : 200
    answer.end('from the product')
  })
})

beforeAll(async () => {
  await once(upstream.listen(0), 'listening')
  await configure(portOf(upstream.address()))
  mkdirSync(inFolder('_next/static/chunks'), { recursive: true })
  writeFileSync(inFolder('_next/static/chunks/a1b2.js'), 'one()')
})

afterAll(async () => {
  await stopNginx()
  upstream.close()
  upstream.closeAllConnections()
})

it('nginx accepts the file, and starts with it', async () => {
  const { stderr } = await run('nginx', ['-t', '-c', inFolder('nginx.conf')]).catch(named('nginx'))
  expect(stderr).toContain('test is successful')
  expect(stderr).not.toMatch(/warn|emerg/)
  await startNginx()
})

it('passes the 503 of the product on, and goes on asking it', async () => {
  const urls = ['/unavailable', '/unavailable', '/profile']
  const answers = []
  for (const url of urls) answers.push(await call(url))
  expect(answers.map(({ status, text }) => [status, text])).toEqual([
    [503, 'from the product'],
    [503, 'from the product'],
    [200, 'from the product'],
  ])
})

it('takes no trace from a client', async () => {
  const headers = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, baggage: 'a=1' }
  await call('/profile', { headers: { ...headers, tracestate: 'a=1' } })
  expect(seen.at(-1)?.headers).not.toHaveProperty('traceparent')
  expect(seen.at(-1)?.headers).not.toHaveProperty('tracestate')
  expect(seen.at(-1)?.headers).not.toHaveProperty('baggage')
})

it('leads from http to the same path with TLS', async () => {
  const { status, headers } = await call('/reset?x=1', { isPlain: true })
  expect([status, headers.location]).toEqual([308, `https://${HOST}/reset?x=1`])
})

it('passes the real address of the client and an id of its own, whatever the client wrote', async () => {
  seen.length = 0
  const forged = {
    'x-forwarded-for': '1.1.1.1',
    forwarded: 'for=1.1.1.1',
    'x-request-id': 'forged1',
  }
  expect((await call('/login', { headers: forged })).text).toBe('from the product')
  expect(seen[0]?.headers).toMatchObject({
    host: HOST,
    'x-forwarded-for': '127.0.0.1',
    'x-request-id': expect.stringMatching(/^[0-9a-f]{32}$/),
  })
  expect(seen[0]?.headers).not.toHaveProperty('forwarded')
})

it('answers while one of the two web processes is down', async () => {
  for (let times = 0; times < 6; times++) expect((await call('/')).status).toBe(200)
})

it('takes a batch of receipts, which is larger than a form', async () => {
  const body = Buffer.alloc(LARGEST_BODY_BYTES + 1)
  expect((await call('/webhooks/whatsapp', { method: 'POST', body })).status).not.toBe(413)
})

it('refuses a body above the limit of the product', async () => {
  const send = (bytes: number) => call('/login', { method: 'POST', body: Buffer.alloc(bytes) })
  expect((await send(LARGEST_BODY_BYTES)).status).toBe(200)
  expect((await send(LARGEST_BODY_BYTES + 1)).status).toBe(413)
})

it('serves static files of all releases, to be kept for a year, and asks the product for others', async () => {
  seen.length = 0
  const { text, headers } = await call('/_next/static/chunks/a1b2.js?dpl=any')
  expect([text, headers['cache-control'], headers['content-type']]).toEqual([
    'one()',
    'public, max-age=31536000, immutable',
    'application/javascript',
  ])
  expect((await call('/_next/static/chunks/other.js')).text).toBe('from the product')
  expect(seen.map(({ url }) => url)).toEqual(['/_next/static/chunks/other.js'])
})

it('passes the console at its own name, with the address of the client, and nothing else there', async () => {
  seen.length = 0
  const host = CARE_HOST
  const served = ['/', '/care', '/care/cases/K7B2CD', '/care?done=closed', '/icon.svg']
  for (const url of served)
    expect((await call(url, { host, headers: { 'x-forwarded-for': '1.1.1.1' } })).status).toBe(200)
  expect(seen.map(({ url }) => url)).toEqual(served)
  for (const { headers } of seen)
    expect(headers).toMatchObject({ host, 'x-forwarded-for': '127.0.0.1' })
  expect((await call('/_next/static/chunks/a1b2.js', { host })).text).toBe('one()')
  const others = ['/login', '/carefree', '/care/../login', '/care/%2e%2e/login', '/_next/image']
  for (const url of [...others, '/healthz', '/readyz', '/metrics', '/webhooks/resend'])
    expect((await call(url, { host })).status, url).toBe(404)
  expect(seen).toHaveLength(served.length)
  const body = Buffer.alloc(LARGEST_BODY_BYTES + 1)
  expect((await call('/care', { host, method: 'POST', body })).status).toBe(413)
  const { headers } = await call('/care', { host, isPlain: true })
  expect(headers.location).toBe(`https://${CARE_HOST}/care`)
})

it('writes no secret of a path and no address of a client to its log', async () => {
  const secret = 'Zm9yLXRlc3Rz'
  for (const page of ['/secure/', '/veto/', '/stop/', '/reset/link/'])
    await call(`${page}${secret}`)
  await call(`/care/invitation/${secret}`, { host: CARE_HOST })
  const lines = await vi.waitFor(() => {
    const text = readFileSync(inFolder('recovery-account.log'), 'utf8')
    expect(text).toContain('"/care/invitation/-"')
    return text
  }, PATIENCE)
  expect(lines).toContain('"path":"/secure/-"')
  expect(lines).not.toContain(secret)
  for (const line of lines.trim().split('\n')) {
    const { upstream: _, ...fields } = JSON.parse(line)
    expect(JSON.stringify(fields)).not.toContain('127.0.0.1')
  }
})
