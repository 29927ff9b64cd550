import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { tryConnect } from '@/tools/launcher/postgres/launcher-lock'

const DATABASE_URL = 'postgresql://app:secret@127.0.0.1/app'

/** A server that accepts a connection and drops it, as PostgreSQL can during its shutdown. */
async function listen() {
  const server = createServer((socket) => socket.once('data', () => socket.end()))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

it('a PostgreSQL that drops a new connection counts as not ready', async () => {
  expect(await tryConnect(DATABASE_URL, await listen())).toBeUndefined()
})
