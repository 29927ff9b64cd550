import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { newClient } from '../support/client'
import { dataDir, startOwnProduct } from '../support/running'
import { FLOWS, makeOwners, type Rest } from './key-flows'

const PATIENCE_MS = 240_000
const product = startOwnProduct()

/** Every ring with a new key in front. */
function rotatedRings(): Record<string, string> {
  const stored = JSON.parse(readFileSync(path.join(dataDir(), 'embedded.json'), 'utf8'))
  const newKey = () => `k2:${randomBytes(32).toString('base64')}`
  const rings = ['SEALING_KEYS', 'HASHING_KEYS', 'AUTH_SECRET']
  return Object.fromEntries(rings.map((ring) => [ring, `${newKey()},${stored[ring]}`]))
}

const rests = new Map<string, Rest>()

beforeAll(async () => {
  await makeOwners(product().advanceClock)
  for (const [name, [, walk]] of Object.entries(FLOWS)) rests.set(name, await walk())
  await product().restart(rotatedRings())
}, PATIENCE_MS)

it.each(Object.entries(FLOWS))('%s goes on after every ring was rotated', async (name, [end]) => {
  expect(await rests.get(name)?.()).toBe(end)
})

it('a process with the rotated rings is ready', async () => {
  expect((await newClient().open('/readyz')).html.trim()).toBe('ready')
})
