import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { FAULTS } from '@/tools/faults/registry'
import { addFaultRow } from '@/tools/faults/rows'
import { embed } from '../support/environment'
import { type FakeProviders, startFakeProviders } from '../support/fake-providers'
import { findPort } from '../support/product'
import { environmentOf } from '../support/provider-environment'
import { urlAt } from './debian-postgres'
import { CONFIGURATION, checkConfiguration, type HaProxy, startHaProxy } from './haproxy'
import { countDoubled, countLost } from './kept'
import { DEEDS, type Load, startLoad } from './mixed-load'
import { ask } from './pgbouncer'
import { productionOf, runCommand, startProcess, stopProcess } from './processes'
import { registerRegular, secondsUntilServed } from './regular'
import { type Node, type Replicas, startReplicas } from './replicas'

const CUSTOMERS = 4
const STEADY_MS = 8_000
/** Longer than HAProxy takes to find that a server answers as a primary. */
const NOTICED_MS = 3_000
const SERVING_LIMIT_SECONDS = 15
const TEST_MS = 300_000
const DATABASE = 'recovery_account'

let replicas: Replicas
let haproxy: HaProxy
let fakes: FakeProviders
let base = ''
const processes: ChildProcess[] = []

const throughHaProxy = () => urlAt(haproxy.port, DATABASE)

beforeAll(async () => {
  replicas = await startReplicas()
  const server = urlAt(replicas.nodes[0]?.port ?? 0, 'postgres')
  await ask(server, 'create role haproxy_check login')
  await ask(server, `create database ${DATABASE}`)
  haproxy = await startHaProxy(replicas.nodes)
  fakes = await startFakeProviders()
  const port = String(await findPort())
  base = `http://localhost:${port}`
  const folder = embed(throughHaProxy())
  const secrets = JSON.parse(readFileSync(path.join(folder, 'embedded.json'), 'utf8'))
  const settings = { PORT: port, APP_ORIGIN: base, RESEND_PAUSE_SECONDS: '1' }
  const env = productionOf({ ...secrets, ...environmentOf(fakes.url), ...settings })
  await vi.waitFor(() => ask(throughHaProxy(), 'select 1'), { timeout: 10_000, interval: 100 })
  await runCommand('migrate', { env })
  for (const name of ['web', 'worker']) processes.push(await startProcess(name, { env }))
})

afterAll(async () => {
  const codes = await Promise.all(processes.map(stopProcess))
  await haproxy?.stop()
  await replicas?.stop()
  await fakes?.close()
  expect(codes).toEqual(codes.map(() => 0))
})

/** Waits until each kind of deed was begun and confirmed after a time. */
const untilEveryDeed = (load: Load, since: number) =>
  vi.waitFor(
    () => {
      const confirmed = load.stories.flatMap((story) => story.confirmed)
      const after = confirmed.filter(({ startedAt }) => startedAt >= since).map(({ deed }) => deed)
      const missing = DEEDS.filter((deed) => !after.includes(deed))
      if (missing.length > 0)
        throw new Error(
          `not served: ${missing}; ${load.stories.map(({ trouble = '' }) => trouble)}`,
        )
    },
    { timeout: 120_000, interval: 100 },
  )

async function failOverUnderLoad() {
  const regular = await registerRegular({ base, fakes })
  const load = startLoad({ base, fakes }, CUSTOMERS)
  await sleep(STEADY_MS)
  const killedAt = Date.now()
  replicas.killPrimary()
  await sleep((FAULTS.failover?.seconds ?? 0) * 1_000)
  const { promoted, promotedAt } = await replicas.failOver()
  const served = await secondsUntilServed(regular, promotedAt)
  await untilEveryDeed(load, promotedAt)
  await load.end()
  return { load, promoted, served, seconds: (promotedAt - killedAt) / 1_000 }
}

const serverOf = async () =>
  (await ask(throughHaProxy(), 'select inet_server_port() as port'))[0]?.port

async function expectKeptOut(promoted: Node) {
  await replicas.restartKilled()
  await sleep(NOTICED_MS)
  const servers = await Promise.all(Array.from({ length: 10 }, serverOf))
  expect(new Set(servers)).toEqual(new Set([promoted.port]))
}

it('HAProxy accepts the configuration of deploy/ without a warning', async () => {
  await checkConfiguration(CONFIGURATION)
})

it('a fail-over to a synchronous standby loses nothing and doubles nothing, and serves within 15 s', {
  timeout: TEST_MS,
}, async () => {
  const { load, promoted, served, seconds } = await failOverUnderLoad()
  expect(load.stories.flatMap(({ failure = [] }) => failure)).toEqual([])
  const row = {
    fault: 'failover',
    seconds,
    attempted: load.attempted(),
    survived: load.stories.flatMap(({ confirmed }) => confirmed).length,
    lost: await countLost(load.stories, urlAt(promoted.port, DATABASE)),
    doubled: await countDoubled(fakes, urlAt(promoted.port, DATABASE)),
    slowestSeconds: load.slowestMs() / 1_000,
    recoverySeconds: Math.max(served.web, served.worker),
  }
  addFaultRow(row)
  expect(row).toMatchObject({ survived: row.attempted, lost: 0, doubled: 0 })
  expect(row.attempted).toBeGreaterThan(20)
  expect(served.web).toBeLessThan(SERVING_LIMIT_SECONDS)
  expect(served.worker).toBeLessThan(SERVING_LIMIT_SECONDS)
  expect(processes.map(({ exitCode }) => exitCode)).toEqual([null, null])
  await expectKeptOut(promoted)
})
