import { describe, expect, it } from 'vitest'
import { checkPassword, hashPassword, verifyPassword } from '@/lib/accounts/password'
import { fromStored } from '@/lib/addresses'
import { done, refuse } from '@/lib/platform/result'

const CONTEXT = {
  name: 'Ratnaningsih Kusumawardhani',
  addresses: [
    fromStored('email', 'bunga.anggrek77@tokobungaku.example'),
    fromStored('phone', '+6281298765432'),
  ],
}
const check = (password: string) => checkPassword(password, CONTEXT)

/** 64 characters of two UTF-16 units each. */
const EMOJI = Array.from({ length: 64 }, (_, index) =>
  String.fromCodePoint(0x1f300 + ((index * 37) % 500)),
).join('')

describe('a new password', () => {
  it('R30 has 8 to 128 characters', async () => {
    const strong = 'Jx7#qW2m'
    expect(await check('')).toEqual(refuse('password_missing'))
    expect(await check(strong.slice(0, 7))).toEqual(refuse('password_too_short'))
    expect(await check(strong)).toEqual(done())
    expect(await check(strong.repeat(15) + EMOJI.slice(0, 16))).toEqual(done())
    expect(await check(`${strong.repeat(15)}${EMOJI.slice(0, 16)}x`)).toEqual(
      refuse('password_too_long'),
    )
  })

  it('R31 is counted in characters, not in UTF-16 units', async () => {
    expect(await check('🌀🌁🌂')).toEqual(refuse('password_too_short'))
    expect(await check(EMOJI + EMOJI)).toEqual(done())
  })

  it('R33 needs no capitals, digits or symbols', async () => {
    expect(await check('hujanturunwaktusubuh')).toEqual(done())
    expect(await check('tiga kelinci makan wortel')).toEqual(done())
  })

  it.each([
    'password',
    'p4ssw0rd',
    'qwertyuiop',
    '12345678',
    '11111111',
    'iloveyou',
    'abcd1234',
    '19901990',
    'admin123',
    'letmein1',
  ])('R32 is refused as common: %s', async (password) =>
    expect(await check(password)).toEqual(refuse('password_common')),
  )

  it.each(['sayangku', 'rahasia1', 'indonesia', 'bismillah', 'cintaku1', 'jakarta1', 'semangat'])(
    'R32 is refused as common in Indonesia: %s',
    async (password) => expect(await check(password)).toEqual(refuse('password_common')),
  )

  it.each([
    'ratnaningsih',
    'Kusumawardhani1',
    'tokobungaku',
    'bunga.anggrek77@tokobungaku.example',
    '081298765432',
    '6281298765432',
    '+6281298765432',
    '81298765432',
    'Blibli123',
  ])('is refused when it is made of customer or shop data: %s', async (password) =>
    expect(await check(password)).toEqual(refuse('password_context')),
  )

  it('is refused when it is made of a name of three letters', async () => {
    const context = { name: 'Ida Bagus', addresses: [] }
    expect(await checkPassword('Ida#2024', context)).toEqual(refuse('password_context'))
  })

  it('is accepted with the customer’s name in it when the rest is strong', async () => {
    expect(await check('ratnaningsih memancing ikan nila di waduk')).toEqual(done())
  })
})

describe('a stored password', () => {
  it('is an argon2id hash with at least 19 MiB, two passes and one lane, and differs each time', async () => {
    const hashes = [await hashPassword('tiga kelinci'), await hashPassword('tiga kelinci')]
    for (const hash of hashes) expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(hashes[0]).not.toBe(hashes[1])
  })

  it('R31 is compared to its last character', async () => {
    const stored = await hashPassword(EMOJI)
    expect(await verifyPassword(stored, EMOJI)).toBe(true)
    expect(await verifyPassword(stored, `${EMOJI.slice(0, -2)}🎯`)).toBe(false)
    expect(await verifyPassword(stored, EMOJI.slice(0, -2))).toBe(false)
  })

  it('matches in every Unicode composition', async () => {
    const stored = await hashPassword('kafé di tepi jalan'.normalize('NFD'))
    expect(await verifyPassword(stored, 'kafé di tepi jalan'.normalize('NFC'))).toBe(true)
  })

  it('of an unknown account never matches', async () => {
    for (const typed of ['', 'the password of nobody', 'tiga kelinci'])
      expect(await verifyPassword(undefined, typed)).toBe(false)
  })

  it('L4 R23 of an unknown account takes as long to refuse', async () => {
    const stored = await hashPassword('tiga kelinci')
    const cost = async (hash: string | undefined) => {
      const before = process.cpuUsage()
      await verifyPassword(hash, 'wrong')
      return process.cpuUsage(before).user
    }
    await cost(undefined)
    const [known, unknown] = [
      [await cost(stored), await cost(stored)],
      [await cost(undefined), await cost(undefined)],
    ]
    expect(Math.max(...unknown)).toBeGreaterThan(Math.min(...known) / 2)
  })
})
