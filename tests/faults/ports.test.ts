import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { newFolder } from '@/tests/support/environment'
import { createCluster } from '@/tools/launcher/postgres/cluster'

const homes = [newFolder('port'), newFolder('port')]
const create = (home: string) => createCluster(home, { isDurable: false })

/** Starts one some milliseconds after the other, and says which ports they came to. */
async function startBoth(apartMs: number) {
  const clusters = homes.map(create)
  const starts = clusters.map((cluster, index) => sleep(index * apartMs).then(cluster.start))
  const started = await Promise.all(starts).finally(() => Promise.allSettled(starts))
  await Promise.all(clusters.map((cluster) => cluster.stop()))
  return started.map(({ DATABASE_URL }) => new URL(DATABASE_URL).port)
}

beforeAll(async () => {
  for (const cluster of homes.map(create)) await cluster.start().then(cluster.stop)
}, 120_000)

/** Both ask for the same port. */
beforeEach(() => {
  for (const file of homes.map((home) => path.join(home, 'embedded.json')))
    writeFileSync(file, readFileSync(file, 'utf8').replace(/@127\.0\.0\.1:\d+/, '@127.0.0.1:54400'))
})

afterAll(() => {
  for (const home of homes) rmSync(home, { recursive: true, force: true })
})

it.each([0, 5, 10, 20, 40])(
  'two PostgreSQLs that start %i ms apart never share a port',
  { timeout: 60_000 },
  async (apartMs) => {
    const [one, other] = await startBoth(apartMs)
    expect(one).not.toBe(other)
  },
)
