import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { hashCode, hashesOf, hashOfNoCode, isCodeOf, newCode } from '@/lib/challenges/code'

const SAMPLE = 10_000
const codes = Array.from({ length: SAMPLE }, newCode)

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

/**
 * The values that a fair source exceeds once in a hundred thousand runs, for 9 and for 99 degrees
 * of freedom.
 */
const CHI_9 = 40
const CHI_99 = 171

/** Pearson's chi-squared of the frequencies of `kinds` equally likely values. */
function chiSquared(values: readonly string[], kinds: number) {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  const expected = values.length / kinds
  const missing = (kinds - counts.size) * expected
  return [...counts.values()].reduce(
    (sum, count) => sum + (count - expected) ** 2 / expected,
    missing,
  )
}

describe('a code', () => {
  it('R01 has six decimal digits, with leading zeros', () => {
    for (const code of codes) expect(code).toMatch(/^\d{6}$/)
    expect(codes.filter((code) => code.startsWith('0')).length).toBeGreaterThan(800)
  })

  it('R02 has every digit equally often at every position and after every other digit', () => {
    for (let place = 0; place < 6; place++)
      expect(
        chiSquared(
          codes.map((code) => code.charAt(place)),
          10,
        ),
      ).toBeLessThan(CHI_9)
    const pairs = codes.flatMap((code) => [0, 2, 4].map((place) => code.slice(place, place + 2)))
    expect(chiSquared(pairs, 100)).toBeLessThan(CHI_99)
  })

  it('repeats no more often than by chance', () => {
    expect(new Set(codes).size).toBeGreaterThan(SAMPLE - 150)
  })
})

describe('the hash of a code', () => {
  it('R06 matches for its own challenge only', () => {
    const [one, other] = [randomUUID(), randomUUID()]
    const hash = hashCode(one, '012345')
    expect([isCodeOf(one, '012345', hash), isCodeOf(other, '012345', hash)]).toEqual([true, false])
    expect(isCodeOf(one, '12345', hash)).toBe(false)
  })

  it('R11 requires the key', () => {
    const id = randomUUID()
    const before = hashCode(id, '012345')
    expect(before).toMatch(/^[\da-f]{64}$/)
    expect(before).not.toContain('012345')
  })

  it('of a decoy matches none of a million codes, and differs each time', () => {
    const id = randomUUID()
    const hash = hashOfNoCode(id)
    for (let code = 0; code < 1_000_000; code += 997)
      expect(isCodeOf(id, String(code).padStart(6, '0'), hash)).toBe(false)
    expect(hashOfNoCode(id)).not.toBe(hash)
  })

  it('matches while the key that made it is kept', async () => {
    const id = randomUUID()
    const keyRing = (...ids: number[]) =>
      ids.map((byte) => `k${byte}:${Buffer.alloc(32, byte).toString('base64')}`).join(',')
    const moduleUnder = async (keys: string) => {
      vi.stubEnv('HASHING_KEYS', keys)
      vi.resetModules()
      return import('@/lib/challenges/code')
    }
    const hash = (await moduleUnder(keyRing(1))).hashCode(id, '012345')
    expect((await moduleUnder(keyRing(2, 1))).isCodeOf(id, '012345', hash)).toBe(true)
    expect((await moduleUnder(keyRing(2))).isCodeOf(id, '012345', hash)).toBe(false)
  })

  it('exists for each live key, the current one first', () => {
    const id = randomUUID()
    expect(hashesOf(id, '012345')[0]).toBe(hashCode(id, '012345'))
  })
})
