import type { IncomingHttpHeaders } from 'node:http'
import { describe, expect, it } from 'vitest'
import { cleanForwarding, clientAddress } from '@/server/client-address'

const SOCKET = '192.0.2.10'

describe('the address of a client', () => {
  it.each([
    ['no proxy is trusted: it is the caller, whatever is claimed', '203.0.113.1', 0, SOCKET],
    [
      'one proxy: what that proxy appended, not what the client wrote before it',
      '1.1.1.1, 203.0.113.1',
      1,
      '203.0.113.1',
    ],
    [
      'two proxies: what the outer one appended',
      '1.1.1.1, 203.0.113.1, 198.51.100.7',
      2,
      '203.0.113.1',
    ],
    ['fewer entries than proxies: the outermost there is', '203.0.113.1', 3, '203.0.113.1'],
    ['nothing claimed: it is the caller', '', 1, SOCKET],
    ['what is claimed is no address: it is the caller', '<script>', 1, SOCKET],
    ['an address with its port', '203.0.113.1:4711', 1, '203.0.113.1'],
    ['an IPv6 address with its port', '[2001:db8::1]:4711', 1, '2001:db8::1'],
    ['an IPv6 address', '2001:db8::1', 1, '2001:db8::1'],
    ['an IPv4 address dressed as IPv6', '::ffff:203.0.113.1', 1, '203.0.113.1'],
  ])('when %s', (_, forwardedFor, trustedHops, expected) => {
    expect(clientAddress(forwardedFor, `::ffff:${SOCKET}`, trustedHops)).toBe(expected)
  })
})

describe('the headers that the pages receive', () => {
  const forged = {
    host: 'evil.example',
    forwarded: 'for=1.1.1.1',
    'x-forwarded-for': '1.1.1.1',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-real-ip': '1.1.1.1',
  }

  it('contain only the address of the client without a public origin', () => {
    const headers = { ...forged }
    cleanForwarding(headers, { socketAddress: SOCKET, trustedHops: 0, origin: undefined })
    expect(headers).toEqual({ host: 'evil.example', 'x-forwarded-for': SOCKET })
  })

  it.each([
    ['is removed when no proxy is trusted', 0, undefined],
    ['is kept when a proxy is trusted', 1, 'proxy-request-1'],
  ])('the request id and the trace %s', (_, trustedHops, expected) => {
    const names = ['x-request-id', 'traceparent', 'tracestate', 'baggage']
    const headers: IncomingHttpHeaders = Object.fromEntries(
      names.map((name) => [name, 'proxy-request-1']),
    )
    cleanForwarding(headers, { socketAddress: SOCKET, trustedHops, origin: undefined })
    expect(names.map((name) => headers[name])).toEqual(names.map(() => expected))
  })

  it.each([
    ['care.toko.example', 'care.toko.example'],
    ['CARE.toko.example:443', 'care.toko.example'],
    ['akun.toko.example', 'akun.toko.example'],
    ['evil.example', 'akun.toko.example'],
    ['', 'akun.toko.example'],
  ])('contain the origin of the console for its host alone: %s', (host, expected) => {
    const headers: IncomingHttpHeaders = { ...forged, host }
    cleanForwarding(headers, {
      socketAddress: SOCKET,
      trustedHops: 1,
      origin: new URL('https://akun.toko.example'),
      care: new URL('https://care.toko.example'),
    })
    expect(headers['x-forwarded-host']).toBe(expected)
  })

  it('contain the public origin, whatever the request says', () => {
    const headers = { ...forged }
    cleanForwarding(headers, {
      socketAddress: SOCKET,
      trustedHops: 0,
      origin: new URL('https://akun.toko.example'),
    })
    expect(headers).toMatchObject({
      'x-forwarded-host': 'akun.toko.example',
      'x-forwarded-proto': 'https',
    })
  })
})
