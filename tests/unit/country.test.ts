import { expect, it } from 'vitest'
import { countryOf } from '@/lib/platform/geo'

it.each([
  ['114.4.0.1', 'ID'],
  ['36.66.0.1', 'ID'],
  ['2001:448a:2000::1', 'ID'],
  ['8.8.8.8', 'US'],
])('an IP address of a network is in its country: %s in %s', (ip, country) =>
  expect(countryOf(ip)).toBe(country),
)

it.each([
  ['private', ['10.1.2.3', '172.16.5.5', '192.168.1.1', '100.64.1.1', 'fc00::1', 'fe80::1']],
  ['of this very machine', ['127.0.0.1', '::1']],
  ['of nobody', ['0.0.0.0', '203.0.113.5', '2001:db8::1', '255.255.255.255']],
  ['none', ['', 'unknown', '114.4.0', '114.4.0.1:443', '../../etc/passwd', '1'.repeat(400)]],
])('an IP address that is %s has no country', (_, ips) => {
  for (const ip of ips) expect([ip, countryOf(ip)]).toEqual([ip, undefined])
})
