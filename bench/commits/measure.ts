import os from 'node:os'
import pg from 'pg'
import * as z from 'zod'
import { createBareQueue } from '@/bench/messaging/bare-queue'
import type { DatabaseServer } from '@/bench/support/database'
import { describeMachine } from '@/bench/support/machine'
import { startProcess } from '@/bench/support/processes'
import { WAKE_UP_CHANNEL } from '@/lib/messaging/outbox/wake-up'
import { emptyEnvironment } from '@/tests/support/environment'
import { environmentOf } from '@/tests/support/provider-environment'

/** Nothing is sent. */
const NO_PROVIDER = 'http://127.0.0.1:9'

const ROUNDS = 3
const SECONDS = 4
const CLIENTS = [16, 64] as const
export const KINDS = ['row', 'message', 'job'] as const

export type CommitKind = (typeof KINDS)[number]
export type CommitFigures = Awaited<ReturnType<typeof measureCommits>>

/**
 * Commits a second, alternating between the kinds, so that other load on the machine affects all of
 * them.
 */
export async function measureCommits(server: DatabaseServer) {
  const machine = await describeMachine(await server.create('bench'))
  const setups = CLIENTS.flatMap((clients) =>
    KINDS.map((kind) => ({ kind, clients, perSecond: [] as number[] })),
  )
  for (let round = 0; round < ROUNDS; round++)
    for (const setup of setups) setup.perSecond.push(await measureOne(server, setup))
  return { machine, setups, loadAtEnd: os.loadavg()[0] ?? 0 }
}

async function measureOne(
  server: DatabaseServer,
  { kind, clients }: { kind: CommitKind; clients: number },
): Promise<number> {
  const database = await server.create('bench')
  await createBareQueue(database)
  const listener = await listen(database)
  const environment = {
    ...emptyEnvironment(),
    ...server.secrets,
    DATABASE_URL: database,
    APP_ORIGIN: 'https://akun.toko.example',
    ...environmentOf(NO_PROVIDER),
  }
  const args = ['tools/run.mjs', 'bench/commits/clients.ts']
  const child = await startProcess({ args, environment })
  await child.request({ kind, clients, seconds: 1 })
  const perSecond = z.number().parse(await child.request({ kind, clients, seconds: SECONDS }))
  await child.stop()
  await listener.end()
  console.log(`${kind}, ${clients} clients: ${perSecond.toFixed(0)} a second`)
  return perSecond
}

/** An idle worker listens for new messages. */
async function listen(connectionString: string) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  await client.query(`LISTEN "${WAKE_UP_CHANNEL}"; LISTEN "jobs:insert"`)
  return client
}
