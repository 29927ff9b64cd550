import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { hashCode, hashesOf, hashOfNoCode, isCodeOf, newCode } from '@/lib/challenges/code'

const SAMPLE = 10_000
const codes = Array.from({ length: SAMPLE }, newCode)

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

/** Pearson's chi-squared of the frequencies of the digits 0…9. */
function chiSquared(digits: number[]) {
  const expected = digits.length / 10
  return Array.from({ length: 10 }, (_, digit) => digits.filter((one) => one === digit).length)
    .map((observed) => (observed - expected) ** 2 / expected)
    .reduce((sum, term) => sum + term, 0)
}

describe('a code', () => {
  it('R01 has six decimal digits, with leading zeros', () => {
    for (const code of codes) expect(code).toMatch(/^\d{6}$/)
    expect(codes.some((code) => code.startsWith('0'))).toBe(true)
    expect(codes.some((code) => code.startsWith('00'))).toBe(true)
  })

  it('R02 has every digit equally often at every position and after every other digit', () => {
    // With 9 degrees of freedom, a fair source exceeds 40 once in a hundred thousand runs.
    for (let place = 0; place < 6; place++)
      expect(chiSquared(codes.map((code) => Number(code[place])))).toBeLessThan(40)
    const steps = codes.map((code) => (Number(code[1]) - Number(code[0]) + 10) % 10)
    expect(chiSquared(steps)).toBeLessThan(40)
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
