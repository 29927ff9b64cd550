import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { cleanForwarding } from '@/server/client-address'
import { identify } from '@/server/request-id'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The id that a request has by the time Next is given it. */
async function idOf(given: string, trustedHops: number) {
  const server = createServer((request, response) => {
    const { remoteAddress: socketAddress } = request.socket
    cleanForwarding(request.headers, { socketAddress, trustedHops, origin: undefined })
    identify(request)
    response.end(request.headers['x-request-id'])
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}`, { headers: { 'x-request-id': given } })
  return answer.text()
}

it('keeps the request id of a trusted proxy', async () => {
  expect(await idOf('4f1d2c3b-0001', 1)).toBe('4f1d2c3b-0001')
})

it.each([
  ['no proxy is trusted', '4f1d2c3b-0001', 0],
  ['it is shorter than 8 characters', 'short', 1],
  ['it is longer than 64 characters', 'x'.repeat(65), 1],
  ['it holds other characters than letters, digits, _ and -', 'abcdefgh"}{', 1],
  ['it holds an e-mail address', 'siti@example.com', 1],
])('makes a new request id when %s', async (_, given, trustedHops) => {
  expect(await idOf(given, trustedHops)).toMatch(UUID)
})
