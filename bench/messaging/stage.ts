import { z } from 'zod'
import type { Server } from '@/bench/support/database'
import { type Child, start } from '@/bench/support/processes'
import { gather } from '@/bench/support/records'
import { emptyEnvironment } from '@/tests/support/environment'
import { environmentOf } from '@/tests/support/fake-providers'
import { type Order, type Sent, SentList } from './orders'

const PROBE = ['--expose-gc', '--import', './bench/messaging/memory-probe.mjs']
const WARM_UP = 1_000

const Address = z.object({ port: z.number() })

export type Kind = Order['kind']
type Medium = 'sms' | 'mixed'
type Play = { kind: Kind; workers: number; probe?: boolean }

/** Everything that takes part in a measurement, each in a process of its own, on a database of its own. */
export type Stage = {
  send(keys: readonly string[], perSecond?: number): Promise<Sent[]>
  /** Waits for so many: when each reached the provider, or was started by the bare queue. */
  take(count: number): Promise<Map<string, number>>
  workers: readonly Child[]
  end(): Promise<void>
}

/** Sets the stage and warms it up: what is measured is a worker that has been running. */
export async function setStage(
  server: Server,
  { kind, workers: count, probe = false }: Play,
): Promise<Stage> {
  const provider = await start({ command: '../bench/messaging/provider', environment: {} })
  const environment = {
    ...emptyEnvironment(),
    ...server.secrets,
    ...environmentOf(`http://127.0.0.1:${Address.parse(provider.first).port}`),
    DATABASE_URL: await server.create('bench'),
    APP_ORIGIN: 'https://akun.toko.example',
  }
  const sender = await start({ command: '../bench/messaging/sender', environment })
  const command = kind === 'bare' ? '../bench/messaging/bare-worker' : 'worker'
  const nodeOptions = probe ? PROBE : []
  const workers = await Promise.all(
    Array.from({ length: count }, () => start({ command, environment, nodeOptions })),
  )
  const { take } = gather(kind === 'bare' ? workers : [provider])
  const send: Stage['send'] = async (keys, perSecond) =>
    SentList.parse(await sender.ask({ kind, keys, perSecond }))
  await send(newKeys(WARM_UP, 'mixed'))
  await take(WARM_UP)
  return {
    send,
    take,
    workers,
    async end() {
      for (const child of [...workers, sender, provider]) await child.end()
    },
  }
}

let made = 0

/** Addresses that nobody had before; they tell a message from all others. */
export function newKeys(count: number, medium: Medium): string[] {
  return Array.from({ length: count }, () => {
    made += 1
    const isEmail = medium === 'mixed' && made % 2 === 0
    return isEmail ? `${made}@toko.example` : `+62812${String(made).padStart(8, '0')}`
  })
}
