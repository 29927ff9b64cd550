import * as z from 'zod'
import type { DatabaseServer } from '@/bench/support/database'
import { type BenchProcess, startProcess } from '@/bench/support/processes'
import { collectRecords } from '@/bench/support/records'
import { emptyEnvironment } from '@/tests/support/environment'
import { environmentOf } from '@/tests/support/provider-environment'
import { createBareQueue } from './bare-queue'
import { CommitTimes, type SendRequest } from './send-request'

const PRODUCT_WORKER = ['server/run.mjs', 'worker']
const MEMORY_PROBE = ['--expose-gc', '--import', './bench/messaging/memory-probe.mjs']
const WARM_UP_MESSAGES = 1_000

const ServerAddress = z.object({ port: z.number() })

export type QueueKind = SendRequest['kind']
type Medium = 'sms' | 'mixed'
type TestbedOptions = { kind: QueueKind; workers: number; hasMemoryProbe?: boolean }

/** Provider, sender and workers of one measurement, each a process, on a database of their own. */
export type Testbed = {
  send(keys: readonly string[], perSecond?: number): Promise<CommitTimes>
  /** When each key reached the provider, or when the bare queue started its job. */
  waitForRecords(count: number): Promise<Map<string, number>>
  workers: readonly BenchProcess[]
  stop(): Promise<void>
}

/** Starts a testbed and sends 1 000 messages through it, so that the processes are warm. */
export async function createTestbed(
  server: DatabaseServer,
  { kind, workers: count, hasMemoryProbe = false }: TestbedOptions,
): Promise<Testbed> {
  const provider = await startProcess({ args: scriptArgs('provider'), environment: {} })
  const { port } = ServerAddress.parse(provider.readyMessage)
  const database = await server.create('bench')
  if (kind === 'bare') await createBareQueue(database)
  const environment = {
    ...emptyEnvironment(),
    ...server.secrets,
    ...environmentOf(`http://127.0.0.1:${port}`),
    DATABASE_URL: database,
    APP_ORIGIN: 'https://akun.toko.example',
  }
  const sender = await startProcess({ args: scriptArgs('sender'), environment })
  const worker = kind === 'bare' ? scriptArgs('bare-worker') : PRODUCT_WORKER
  const args = [...(hasMemoryProbe ? MEMORY_PROBE : []), ...worker]
  const workers = await Promise.all(
    Array.from({ length: count }, () => startProcess({ args, environment })),
  )
  const { waitForRecords } = collectRecords(kind === 'bare' ? workers : [provider])
  const send: Testbed['send'] = async (keys, perSecond) =>
    CommitTimes.parse(await sender.request({ kind, keys, perSecond }))
  await send(createKeys(WARM_UP_MESSAGES, 'mixed'))
  await waitForRecords(WARM_UP_MESSAGES)
  const stop = async () => {
    for (const child of [...workers, sender, provider]) await child.stop()
  }
  return { send, waitForRecords, workers, stop }
}

const scriptArgs = (name: string) => ['tools/run.mjs', `bench/messaging/${name}.ts`]

let keyCount = 0

/** Addresses that were not used before in this run. A key identifies its message. */
export function createKeys(count: number, medium: Medium): string[] {
  return Array.from({ length: count }, () => {
    keyCount += 1
    const isEmail = medium === 'mixed' && keyCount % 2 === 0
    return isEmail ? `${keyCount}@toko.example` : `+62812${String(keyCount).padStart(8, '0')}`
  })
}
