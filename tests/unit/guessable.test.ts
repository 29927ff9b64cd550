import { dictionary } from '@zxcvbn-ts/language-id'
import { describe, expect, it } from 'vitest'
import { createGuesser } from '@/lib/accounts/guessable'
import { checkPassword } from '@/lib/accounts/password'
import { done, refuse } from '@/lib/platform/result'

const INDONESIAN = [...dictionary['commonWords-id'], ...dictionary['names-id']]
const guess = (password: string, ownWords: string[] = []) =>
  createGuesser(INDONESIAN)(password, ownWords)

const NOBODY = { name: '', addresses: [] }
const check = (password: string) => checkPassword(password, NOBODY)

describe('R32 a password that an attacker tries first', () => {
  it.each([
    'admin@123',
    'akusayangkamu',
    'Aku Sayang Kamu',
    'aku-sayang_kamu77',
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
    'Manchester1',
    'kolo__1kolo__1',
  ])('is common: %s', (password) => expect(guess(password)).toBe('common'))

  it.each(['8492!0174#936', '8492!x174#936'])('has no word without two letters: %s', (password) =>
    expect(guess(password)).toBeUndefined(),
  )

  it('is refused as common', async () =>
    expect(await check('kamusayangaku1')).toEqual(refuse('password_common')))

  it('is common also as full-width letters', async () =>
    expect(await check('ｐａｓｓｗｏｒｄ１２３４')).toEqual(refuse('password_common')))
})

describe('a word of the customer', () => {
  it.each([
    ['alone', 'wgrtnxk'],
    ['in capitals', 'WgRtNxK'],
    ['with blanks, "_" and "-"', 'wg rt_n-xk'],
    ['before five digits and symbols', 'wgrtnxk#2749'],
    ['between them', '#2wgrtnxk749'],
    ['before many digits in order', 'wgrtnxk12345678'],
    ['before many digits in order from zero', 'wgrtnxk0123456'],
    ['after two years', '19991998wgrtnxk'],
    ['before one symbol many times', 'wgrtnxk!!!!!!!'],
    ['between two plain affixes', '777777wgrtnxk19992001'],
    ['with digits and symbols for its letters', 'wgr7nxk'],
  ])('%s is all of the password', (_how, password) =>
    expect(guess(password, ['Wgr Tnxk'])).toBe('own'),
  )

  it.each([
    ['before six other digits', 'wgrtnxk274930'],
    ['between six of them', '274wgrtnxk930'],
    ['between one plain affix and another', '777777wgrtnxk274930'],
    ['before digits of no order', 'wgrtnxk12345687'],
    ['before two numbers that are no years', 'wgrtnxk18992101'],
    ['inside other letters', 'zwgrtnxkq'],
  ])('%s is not', (_how, password) => expect(guess(password, ['wgrtnxk'])).toBeUndefined())

  it.each([
    ['@', 'wqaxk', 'wq@xk'],
    ['4', 'wqaxk', 'wq4xk'],
    ['3', 'wqexk', 'wq3xk'],
    ['1', 'wqixk', 'wq1xk'],
    ['!', 'wqixk', 'wq!xk'],
    ['0', 'wqoxk', 'wq0xk'],
    ['$', 'wqsxk', 'wq$xk'],
    ['5', 'wqsxk', 'wq5xk'],
    ['7', 'wqtxk', 'wq7xk'],
    ['$ at its beginning', 'sqwxk', '$qwxk'],
    ['4 at its end', 'wqxka', 'wqxk4'],
  ])('may have %s for a letter', (_read, word, password) =>
    expect(guess(password, [word])).toBe('own'),
  )

  it('is named as the reason also when it is a popular word', () => {
    expect(guess('semangat#2749')).toBe('common')
    expect(guess('semangat#2749', ['Semangat'])).toBe('own')
  })

  it('gives way to the list of common passwords, which is looked up first', () => {
    expect(guess('password1234', ['password'])).toBe('common')
    expect(guess('pass word1234', ['password'])).toBe('common')
  })
})

describe('words in a row', () => {
  /** 4 000 words of letters that no list has, the most frequent first. */
  const words = Array.from({ length: 4_000 }, (_, rank) =>
    [rank % 10, Math.floor(rank / 10) % 10, Math.floor(rank / 100) % 10, Math.floor(rank / 1_000)]
      .map((digit) => 'bcdfghjkmp'[digit])
      .join('q'),
  )
  const wordAt = (rank: number) => words[rank] ?? ''
  const guessOf = (...ranks: number[]) => createGuesser(words)(ranks.map(wordAt).join(''), [])

  it('are common when they are two of the most frequent', () => {
    expect(guessOf(2_900, 5)).toBe('common')
    expect(guessOf(5, 2_900)).toBe('common')
    expect(guessOf(3_100, 5)).toBeUndefined()
    expect(guessOf(5, 3_100)).toBeUndefined()
  })

  it('are common when they are three of the very most frequent', () => {
    expect(guessOf(5, 200, 6)).toBe('common')
    expect(guessOf(5, 6, 400)).toBeUndefined()
    expect(guessOf(400, 5, 6)).toBeUndefined()
  })

  it('count by the more frequent place of a word that is listed twice', () =>
    expect(createGuesser([...words, wordAt(5)])(wordAt(5) + wordAt(6), [])).toBe('common'))

  it('have at least two letters', () => {
    const listed = createGuesser(['x', 'zq', ...words])
    expect(listed(`${wordAt(5)}zq`, [])).toBe('common')
    expect(listed(`zq${wordAt(5)}`, [])).toBe('common')
    expect(listed(`${wordAt(5)}x`, [])).toBeUndefined()
  })

  it('are not common when they are four, or one that is rare', () => {
    expect(guessOf(5, 6, 7, 8)).toBeUndefined()
    expect(guessOf(3_100)).toBeUndefined()
    expect(guessOf(2_900)).toBe('common')
  })
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
  const guesser = createGuesser(INDONESIAN)
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
    expect(tried.filter((phrase) => guesser(phrase, ['Blibli', 'Ratna']))).toEqual([])
    for (const phrase of tried.slice(0, 20))
      expect([phrase, await check(phrase)]).toEqual([phrase, done()])
  })

  it.each(['hujan turun waktu subuh', 'tiga kelinci makan wortel'])(
    'is accepted: %s',
    async (phrase) => expect(await check(phrase)).toEqual(done()),
  )
})
