import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { hashSecret, isSameHash, keyedHash, newSecret, open, seal } from '@/lib/platform/crypto'

const OLD = `old:${randomBytes(32).toString('base64')}`
const NEW = `new:${randomBytes(32).toString('base64')}`

const codePoint = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((point) => String.fromCodePoint(point))

/**
 * The module in a process that starts with these keys. It reads the environment at its first use.
 */
async function cryptoUnder(keys: { sealing?: string; hashing?: string }) {
  if (keys.sealing) vi.stubEnv('SEALING_KEYS', keys.sealing)
  if (keys.hashing) vi.stubEnv('HASHING_KEYS', keys.hashing)
  vi.resetModules()
  const crypto = await import('@/lib/platform/crypto')
  crypto.hashingKeyId()
  return crypto
}

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

describe('an encrypted text', () => {
  it('decrypts to any original text', () => {
    fc.assert(
      fc.property(fc.string({ unit: codePoint, maxLength: 200 }), (text) => {
        expect(open(seal(text, 'here'), 'here')).toBe(text)
      }),
    )
  })

  it('differs each time, and does not contain the text', () => {
    const sealed = Array.from({ length: 100 }, () => seal('+6281234567890', 'here'))
    expect(new Set(sealed).size).toBe(100)
    const bytes = sealed
      .map((one) => Buffer.from(one.split('.')[1] ?? '', 'base64url').toString('latin1'))
      .join()
    expect(bytes).not.toContain('81234567890')
  })

  it('does not decrypt in another context', () => {
    expect(() => open(seal('text', 'here'), 'elsewhere')).toThrow()
  })

  it('does not decrypt after a change of any bit', async () => {
    const { seal, open } = await cryptoUnder({ sealing: NEW })
    const bytes = Buffer.from(seal('text', 'here').slice('new.'.length), 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const altered = Buffer.from(bytes)
      altered.writeUInt8(altered.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      expect(() => open(`new.${altered.toString('base64url')}`, 'here')).toThrow()
    }
  })

  it('does not decrypt when it is truncated at any length', async () => {
    const { seal, open } = await cryptoUnder({ sealing: NEW })
    const sealed = seal('text', 'here')
    for (let length = 0; length < sealed.length; length++)
      expect(() => open(sealed.slice(0, length), 'here')).toThrow()
  })

  it('decrypts after a key rotation while the old key is kept', async () => {
    const sealed = (await cryptoUnder({ sealing: OLD })).seal('text', 'here')
    const { open, seal } = await cryptoUnder({ sealing: `${NEW},${OLD}` })
    expect(open(sealed, 'here')).toBe('text')
    expect(seal('text', 'here')).toMatch(/^new\./)
  })

  it('does not decrypt without its key, or with another key of the same name', async () => {
    const sealed = (await cryptoUnder({ sealing: OLD })).seal('text', 'here')
    const gone = await cryptoUnder({ sealing: NEW })
    expect(() => gone.open(sealed, 'here')).toThrow('SEALING_KEYS')
    const replaced = await cryptoUnder({ sealing: NEW.replace('new:', 'old:') })
    expect(() => replaced.open(sealed, 'here')).toThrow()
  })
})

describe('a keyed hash', () => {
  it('is deterministic, and differs for another text, context or key', async () => {
    const { keyedHash } = await cryptoUnder({ hashing: OLD })
    const other = await cryptoUnder({ hashing: NEW })
    const hashes = [
      keyedHash('text', 'here'),
      keyedHash('Text', 'here'),
      keyedHash('text', 'there'),
      other.keyedHash('text', 'here'),
    ]
    expect(new Set(hashes).size).toBe(4)
    expect(keyedHash('text', 'here')).toBe(hashes[0])
    expect(hashes.every((hash) => /^[\da-f]{64}$/.test(hash))).toBe(true)
  })

  it('separates context and text', () => {
    expect(keyedHash('bc', 'a')).not.toBe(keyedHash('c', 'ab'))
  })

  it('exists for each live key, the current one first', async () => {
    const old = await cryptoUnder({ hashing: OLD })
    const oldHash = old.keyedHash('text', 'here')
    expect([old.hashingKeyId(), old.keyedHashes('text', 'here')]).toEqual(['old', [oldHash]])
    const current = await cryptoUnder({ hashing: `${NEW},${OLD}` })
    expect(current.keyedHashes('text', 'here')).toEqual([
      current.keyedHash('text', 'here'),
      oldHash,
    ])
    expect(current.hashingKeyId()).toBe('new')
  })
})

describe('secrets and hashes', () => {
  it('secrets have 256 bits, are safe in URLs and cookies, and never repeat', () => {
    const secrets = Array.from({ length: 1_000 }, newSecret)
    expect(new Set(secrets).size).toBe(1_000)
    expect(secrets.every((secret) => /^[\w-]{43}$/.test(secret))).toBe(true)
    expect(hashSecret(secrets[0] ?? '')).toMatch(/^[\da-f]{64}$/)
    expect(hashSecret(secrets[0] ?? '')).not.toBe(hashSecret(secrets[1] ?? ''))
  })

  it('hashes match only when every character is equal', () => {
    expect(isSameHash('abc', 'abc')).toBe(true)
    expect([isSameHash('abc', 'abd'), isSameHash('abc', 'ab'), isSameHash('', 'a')]).toEqual([
      false,
      false,
      false,
    ])
  })
})
