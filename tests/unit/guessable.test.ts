import { dictionary } from '@zxcvbn-ts/language-id'
import { describe, expect, it } from 'vitest'
import { createGuesser } from '@/lib/accounts/guessable'
import { checkPassword } from '@/lib/accounts/password'
import { fromStored } from '@/lib/addresses'
import { done, refuse } from '@/lib/platform/result'

const CONTEXT = {
  name: 'Ratnaningsih Kusumawardhani',
  addresses: [fromStored('email', 'bunga.anggrek77@tokobungaku.example')],
}
const check = (password: string) => checkPassword(password, CONTEXT)

describe('R32 a password that an attacker tries first', () => {
  it.each([
    'admin@123',
    'akusayangkamu',
    'Aku Sayang Kamu',
    'aku-sayang-kamu77',
    'rahasia123',
    'Rahasia#2024',
    'bismillah123',
    'B1sm1llah!',
    'kucingku123',
    'cintaselamanya',
    'persija1928',
    'kamusayangaku1',
    '12345sayang',
    '!!semangat!!',
    'P@ssw0rd2023',
    'trustno1',
    'ｐａｓｓｗｏｒｄ１２３４',
    'Manchester1',
  ])('is refused as common: %s', async (password) =>
    expect(await check(password)).toEqual(refuse('password_common')),
  )

  it.each(['Blibli2024', 'blibli@99', 'Ratnaningsih77', '#Kusumawardhani', 'tokobungaku2023'])(
    'is refused as made of customer or shop data: %s',
    async (password) => expect(await check(password)).toEqual(refuse('password_context')),
  )
})

describe('a random password', () => {
  /** A fixed sequence, so that a refusal can be repeated. */
  function random(seed: number) {
    let state = seed
    return (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((state / 2 ** 32) * below)
    }
  }
  const pick = random(20_261_125)
  const guess = createGuesser([...dictionary['commonWords-id'], ...dictionary['names-id']])
  const words = dictionary['commonWords-id'].filter((word) => word.length >= 3)
  const word = () => words[pick(words.length)] ?? ''
  const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
  const phrases = (count: number, make: () => string) => Array.from({ length: count }, make)

  it.each([
    ['four words with spaces', () => [word(), word(), word(), word()].join(' ')],
    ['four words in a row', () => [word(), word(), word(), word()].join('')],
    [
      'ten letters and digits',
      () => phrases(10, () => letters[pick(letters.length)] ?? '').join(''),
    ],
    ['three words and a number', () => `${word()}-${word()}-${word()}-${pick(10_000)}`],
  ])('is accepted, in 2 500 of 10 000: %s', async (_what, make) => {
    const tried = phrases(2_500, make)
    expect(tried.filter((phrase) => guess(phrase, ['Blibli', 'Ratna']))).toEqual([])
    for (const phrase of tried.slice(0, 20))
      expect([phrase, await check(phrase)]).toEqual([phrase, done()])
  })

  it.each(['hujan turun waktu subuh', 'tiga kelinci makan wortel'])(
    'is accepted: %s',
    async (phrase) => expect(await check(phrase)).toEqual(done()),
  )
})
