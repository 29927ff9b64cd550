import { afterEach, beforeEach, expect, vi } from 'vitest'
import { fromStored, type Phone } from '@/lib/addresses'
import type { NumberSignals } from '@/lib/signals'
import { type FakeOperator, startOperator } from '@/tests/support/operator'
import type { Endpoint, Mode } from '@/tests/support/operator-answers'
import type { Algorithm } from '@/tests/support/operator-tokens'

export const NOW = new Date('2026-11-23T07:30:00.000Z')
const VERIFIED = new Date('2026-03-01T09:00:00.000Z')
export const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000)

export const NUMBER = '+6281234567890'
const PHONE = fromStored('phone', NUMBER)
/** Another number for each index. */
export const phone = (index: number): Phone => fromStored('phone', `+62812345678${10 + index}`)

export const NOTHING_KNOWN: NumberSignals = { simSwapped: 'unknown', recycled: 'unknown' }
export const ALL_WELL: NumberSignals = { simSwapped: 'no', recycled: 'no' }

let running: FakeOperator

/** The operator of each test, which starts with a product that has asked nothing yet. */
export const operator = () => running

/** Starts an operator before each test. After it, nobody has broken a specification. */
export function askOwnOperator(algorithm?: Algorithm) {
  beforeEach(async () => {
    running = await startOperator(0, algorithm)
    use(running.environment)
  })

  afterEach(async () => {
    vi.unstubAllEnvs()
    await running.close()
    expect(running.faults).toEqual([])
  })
}

/** Gives the product these variables, and lets it start anew. */
export function use(variables: Record<string, string>) {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
  vi.resetModules()
}

type Facts = { verifiedAt: Date; now: Date }

export async function ask(about = PHONE, facts: Partial<Facts> = {}) {
  const { askOperator } = await import('@/lib/signals')
  return askOperator(about, { verifiedAt: VERIFIED, now: NOW, ...facts })
}

/** The live question about recycling, which is put beside the one about the SIM. */
export async function askRecycled(about = PHONE, facts: Partial<Facts> = {}) {
  return (await ask(about, facts)).recycled
}

/** The question of the yearly check. */
export async function askYearly(about = PHONE, facts: Partial<Facts> = {}) {
  const signals = await import('@/lib/signals')
  return signals.askRecycledYearly(about, { verifiedAt: VERIFIED, now: NOW, ...facts })
}

/** How often each endpoint was asked. */
export const counts = (...endpoints: Endpoint[]) =>
  endpoints.map((endpoint) => operator().askedOf(endpoint).length)

/** Lets both APIs fail in the same way. */
export function failAll(mode: Mode) {
  operator().modes = { check: mode, recycling: mode }
}
