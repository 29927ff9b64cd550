import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { closeDb } from '@/lib/platform/db'
import { declareKeyUser } from '@/lib/platform/key-user'
import { emptyDatabase } from '../support/empty-database'
import {
  allRings,
  command,
  keyFaults,
  newKey,
  query,
  type Started,
  startUnder,
} from './key-process'

const [OLD, NEW, WRONG] = [newKey('k1'), newKey('k2'), newKey('k9')]
const ROTATED = allRings(`${NEW},${OLD}`)

// Most of these tests start several processes.
vi.setConfig({ testTimeout: 60_000 })

beforeEach(emptyDatabase)

afterEach(async () => {
  await letGo()
  declareKeyUser('command')
  vi.unstubAllEnvs()
  vi.resetModules()
  await closeDb()
})

describe('a process with a key that the others do not have', () => {
  it.each([
    ['alone', allRings(WRONG), 'SEALING_KEYS lacks k1'],
    [
      'in front of the right one',
      allRings(`${WRONG},${OLD}`),
      'a running process does not have it',
    ],
    ['under the id of the right one', allRings(newKey('k1')), 'SEALING_KEYS has another k1'],
  ])('%s writes nothing, and the others go on', async (_, rings, reason) => {
    await runsWith(allRings(OLD))
    const wrong = await startUnder(rings)
    await expect(wrong.platform.db().user.count()).rejects.toThrow(reason)
    const { code, text } = await command('keys', 'reseal')
    expect([code, text]).toEqual([1, expect.stringContaining(reason)])
    await startUnder(allRings(OLD))
    expect(await keyFaults()).toEqual([])
  })

  it('takes a new key when every running process has it, and not before', async () => {
    await runsWith(allRings(OLD))
    await expect(db(await startUnder(ROTATED))).rejects.toThrow(
      'a running process does not have it',
    )
    await runsWith(allRings(`${OLD},${NEW}`))
    expect(await db(await startUnder(ROTATED))).toBe(0)
  })

  it('waits for ten minutes for a process that was killed', async () => {
    await runsWith(allRings(OLD))
    await query(`update "KeyHolder" set "seenAt" = now() - interval '9 minutes'`)
    await expect(db(await startUnder(ROTATED))).rejects.toThrow(
      'a running process does not have it',
    )
    await startUnder(allRings(OLD))
    await query(`update "KeyHolder" set "seenAt" = now() - interval '11 minutes'`)
    expect(await db(await startUnder(ROTATED))).toBe(0)
  })

  it('of two that start at the same time in an empty database, one is refused', async () => {
    const both = [await prepare(allRings(OLD)), await prepare(allRings(NEW))]
    const outcomes = await Promise.allSettled(both.map(({ record }) => record()))
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await Promise.all(both.map(({ letGo }) => letGo()))
  })

  it('a command that only reads records nothing, and PostgreSQL refuses its writes', async () => {
    await runsWith(allRings(OLD))
    await startUnder(allRings(WRONG))
    const { code, text } = await command('keys', 'list')
    expect([code, text]).toEqual([0, expect.stringMatching(/ k1 {2}LACKING/)])
    await startUnder(allRings(OLD))
    expect(await keyFaults()).toEqual([])
    expect((await query('select 1 from "KeyUse"')).rowCount).toBe(3)
    declareKeyUser('reader')
    const { platform } = await startUnder(allRings(OLD))
    await expect(platform.db().user.deleteMany()).rejects.toThrow('read-only')
  })
})

const db = ({ platform }: Started) => platform.db().user.count()

let service: { letGo(): Promise<void> } | undefined

/** Another process that runs with these rings, in place of the one before. */
async function runsWith(rings: ReturnType<typeof allRings>) {
  await letGo()
  const started = await prepare(rings)
  service = started
  await started.record()
}

async function letGo() {
  await service?.letGo()
  service = undefined
}

/** A process that runs with these rings, on a connection of its own. */
async function prepare(rings: ReturnType<typeof allRings>) {
  await startUnder(rings)
  const [{ env }, { createKeyRecorder }] = [
    await import('@/lib/platform/env'),
    await import('@/lib/platform/key-recorder'),
  ]
  const client = new pg.Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  const recorder = createKeyRecorder('service')
  return {
    record: () => recorder.record(client),
    async letGo() {
      await recorder.letGo(client)
      await client.end()
    },
  }
}
