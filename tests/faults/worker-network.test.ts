import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { closeGate } from '@/tests/support/gate'
import { startTcpProxy, type TcpProxy } from '@/tests/support/tcp-proxy'
import { sendCode, sendCodes, TEST_MS, untilNoneWaits } from './causes'
import { startFakes } from './messaging-fakes'
import { killWorkerProcesses, startWorkerProcess } from './worker-process'

/** A supervisor kills a process that has not ended this long after SIGTERM. */
const KILL_AFTER_MS = 15_000
const RECOVERY = { timeout: 15_000, interval: 200 }

const fakes = await startFakes()
const direct = new URL(env().DATABASE_URL)
let proxy: TcpProxy

beforeAll(async () => {
  proxy = await startTcpProxy({ host: direct.hostname, port: Number(direct.port) })
})

afterEach(async () => {
  proxy.restore()
  await killWorkerProcesses()
})

afterAll(() => proxy.close())

const FAULTS: [string, (proxy: TcpProxy) => void][] = [
  ['drops every packet', (network) => network.swallow()],
  ['resets every connection', (network) => network.refuse()],
  ['delays every packet by two seconds', (network) => network.delay(2_000)],
]

const startWorker = () => {
  const url = new URL(direct)
  url.port = String(proxy.port)
  return startWorkerProcess(fakes.url, { DATABASE_URL: url.href })
}

async function untilSent(codes: string[]) {
  const sent = () => fakes.received.map(({ text }) => text.slice(0, 6))
  await vi.waitFor(() => expect(sent()).toEqual(expect.arrayContaining(codes)), RECOVERY)
}

/** A worker whose network breaks, and the codes that were asked for afterwards. */
async function breakUnder(breakNetwork: (network: TcpProxy) => void) {
  const worker = await startWorker()
  await untilSent(await sendCodes(20))
  breakNetwork(proxy)
  return { worker, codes: await sendCodes(20) }
}

it.each(FAULTS)(
  'a worker sends again soon after a network that %s',
  { timeout: TEST_MS },
  async (_, breakNetwork) => {
    const { worker, codes } = await breakUnder(breakNetwork)
    // Longer than every wait of the worker, so that each connection has met the fault.
    await new Promise((resolve) => setTimeout(resolve, 12_000))
    proxy.restore()
    await untilSent(codes)
    await untilNoneWaits()
    expect(await worker.end()).toBe(0)
  },
)

it.each(FAULTS)(
  'a worker ends after SIGTERM in a network that %s',
  { timeout: TEST_MS },
  async (_, breakNetwork) => {
    const { worker, codes } = await breakUnder(breakNetwork)
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    const ended = worker.end()
    const late = new Promise((resolve) => setTimeout(resolve, KILL_AFTER_MS, 'runs on'))
    expect(await Promise.race([ended, late])).not.toBe('runs on')
    // What it held is taken over.
    proxy.restore()
    const other = await startWorker()
    await vi.waitFor(() => untilSent(codes), { timeout: 60_000 })
    expect(await other.end()).toBe(0)
  },
)

it('a claim whose reply is lost is given back, and the message is sent once', {
  timeout: TEST_MS,
}, async () => {
  const worker = await startWorker()
  await untilSent(await sendCodes(1))
  const when = 'OLD."claimedBy" IS NULL AND NEW."claimedBy" IS NOT NULL'
  const gate = await closeGate('Message', { event: 'UPDATE', when })
  const code = await sendCode()
  await gate.crowd(1)
  // The worker loses its connection, and PostgreSQL completes the claim.
  proxy.refuse()
  await gate.open()
  const claimed = () => db().message.count({ where: { claimedBy: { not: null } } })
  await vi.waitFor(async () => expect(await claimed()).toBe(1), RECOVERY)
  proxy.restore()
  await untilSent([code])
  await untilNoneWaits()
  expect(fakes.received.filter(({ text }) => text.startsWith(code))).toHaveLength(1)
  expect(await worker.end()).toBe(0)
})
