import { execFile } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { closeDb } from '@/lib/platform/db'
import { embed, emptyEnvironment, newFolder } from '@/tests/support/environment'
import { type FakeProviders, startFakeProviders } from '@/tests/support/fake-providers'
import { type Cluster, createCluster } from '@/tools/launcher/postgres/cluster'
import { dataFolder } from '@/tools/launcher/postgres/initialise'
import { PATIENCE, sendCodes, TEST_MS, untilNoneWaits, untilSent } from './causes'
import { killWorkerProcesses, startWorkerProcess } from './worker-process'

/** Of its own, for the tests that run beside this one need theirs. It keeps what it committed, as any in earnest. */
const home = newFolder('restarted')
let cluster: Cluster
let fakes: FakeProviders

beforeAll(async () => {
  fakes = await startFakeProviders()
  const DATABASE_URL = await start()
  const env = { ...process.env, ...emptyEnvironment(), DATABASE_URL }
  await promisify(execFile)(process.execPath, ['server/run.mjs', 'migrate'], { env })
  embed(DATABASE_URL)
}, 240_000)

afterAll(async () => {
  await killWorkerProcesses()
  await closeDb()
  await cluster.stop()
  await fakes.close()
  rmSync(home, { recursive: true, force: true })
})

async function start() {
  cluster = createCluster(home, { isDurable: true })
  return (await cluster.start()).DATABASE_URL
}

/** An immediate shutdown: every process of PostgreSQL ends where it stands, as in a power cut. */
async function crash() {
  const file = path.join(dataFolder(path.resolve(home)), 'postmaster.pid')
  process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), 'SIGQUIT')
  await expect(cluster.unexpectedExit).rejects.toThrow('PostgreSQL ended unexpectedly')
}

it('workers outlive a PostgreSQL that crashes in mid-flight, and send each message exactly once', {
  timeout: TEST_MS,
}, async () => {
  fakes.answers.twilio = { acceptAfterMs: 1_000 }
  const codes = await sendCodes(200)
  const workers = await Promise.all([startWorkerProcess(fakes.url), startWorkerProcess(fakes.url)])
  await vi.waitFor(() => expect(fakes.received.length).toBeGreaterThan(40), PATIENCE)
  await crash()
  await start()
  await untilSent(codes.length)
  await untilNoneWaits()
  expect(fakes.received.map(({ text }) => text.slice(0, 6)).sort()).toEqual(codes)
  expect(await Promise.all(workers.map((worker) => worker.end()))).toEqual([0, 0])
})
