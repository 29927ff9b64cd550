import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { newFolder } from '@/tests/support/environment'
import { createCluster } from '@/tools/launcher/postgres/cluster'

const COUNT = 6
const homes = Array.from({ length: COUNT }, () => newFolder('port'))
const create = (home: string) => createCluster(home, { isDurable: false })

/** Starts each some milliseconds after the one before, and says which ports they came to. */
async function startAll(apartMs: number) {
  const clusters = homes.map(create)
  const starts = clusters.map((cluster, index) => sleep(index * apartMs).then(cluster.start))
  const started = await Promise.all(starts).finally(() => Promise.allSettled(starts))
  await Promise.all(clusters.map((cluster) => cluster.stop()))
  return started.map(({ DATABASE_URL }) => new URL(DATABASE_URL).port)
}

beforeAll(async () => {
  const [first = '', ...others] = homes
  const cluster = create(first)
  await cluster.start().then(cluster.stop)
  // PostgreSQL's data keep their owner, who is not always the one of the tests.
  for (const other of others) execFileSync('cp', ['-a', `${first}/.`, other])
}, 120_000)

/** All ask for the same port. */
beforeEach(() => {
  for (const file of homes.map((home) => path.join(home, 'embedded.json')))
    writeFileSync(file, readFileSync(file, 'utf8').replace(/@127\.0\.0\.1:\d+/, '@127.0.0.1:54400'))
})

afterAll(() => {
  for (const home of homes) rmSync(home, { recursive: true, force: true })
})

it.each([0, 5, 10, 20, 40])(
  `${COUNT} PostgreSQLs that start %i ms apart all start, and share no port`,
  { timeout: 60_000 },
  async (apartMs) => {
    expect(new Set(await startAll(apartMs)).size).toBe(COUNT)
  },
)
