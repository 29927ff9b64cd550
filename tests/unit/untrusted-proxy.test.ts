import { expect, it } from 'vitest'
import { logTo } from '@/lib/platform/log'
import { createProxyWarning } from '@/server/untrusted-proxy'

type Given = { address: string; headers?: Record<string, string> }

const FORWARDED = { 'x-forwarded-for': '203.0.113.9' }

/** The log of a process that gets these requests. */
function logOf(trustedHops: number, requests: readonly Given[]) {
  const lines: string[] = []
  const before = logTo({ write: (line) => void lines.push(line) })
  const warn = createProxyWarning(trustedHops)
  for (const { address, headers = FORWARDED } of requests)
    warn({ headers, socket: { remoteAddress: address } })
  logTo(before)
  return lines
}

it.each(['127.0.0.1', '::ffff:10.0.0.7', '172.18.0.1', '192.168.1.1', 'fd00::1', '::1'])(
  'one line says that the proxy at %s is not trusted, however many requests it forwards',
  (address) => {
    const lines = logOf(0, [{ address }, { address, headers: { forwarded: 'for=203.0.113.9' } }])
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 50, event: 'proxy_not_trusted' })
    expect(lines[0]).not.toContain('203.0.113.9')
  },
)

it.each([
  ['a proxy is trusted', 1, { address: '10.0.0.7' }],
  ['the header is claimed from the internet', 0, { address: '198.51.100.7' }],
  ['nothing is forwarded', 0, { address: '127.0.0.1', headers: { host: 'localhost' } }],
])('no line when %s', (_, trustedHops, request) => {
  expect(logOf(trustedHops, [request])).toEqual([])
})
