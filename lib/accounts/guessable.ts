import { openPasswordList } from '@/lib/platform/password-list'

/** Words of many passwords that are rare in other texts. */
const POPULAR_WORDS = `
  admin administrator alhamdulillah allah allahuakbar anjing arema bandung bismillah
  cantik garuda ganteng gojek indonesia insyaallah islam jakarta katasandi kucing login
  mantap masyaallah medan merdeka muhammad nusantara pancasila password persebaya persib
  persija rahasia rumah sandi semangat semarang shopee surabaya telkomsel tokopedia
  ubuntu user whatsapp yogyakarta`
  .trim()
  .split(/\s+/)

/** Two of the first 3 000 words, or three of the first 300: less than 30 million guesses. */
const PAIRED_WORDS = 3_000
const TRIPLED_WORDS = 300
const WORD_MIN_LETTERS = 2

/** At most this many digits or symbols around a word, such as #2024, make it hardly stronger. */
const AFFIX_MAX_CHARACTERS = 5
/** Longer ones that are as weak: a run of digits, two years, one character repeated. */
const PLAIN_AFFIX = /^(?:0?1234567?8?9?0?|(?:19|20)\d\d(?:19|20)\d\d|(\D|\d)\1*)$/

const READINGS: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
}

/**
 * Returns a function that recognises what an attacker of Indonesian customers tries first: one of
 * the million most common passwords, a popular word or a word of the customer with digits or
 * symbols around it, and two or three frequent words in a row. `words` are the Indonesian words, the
 * most frequent first.
 */
export function createGuesser(words: readonly string[]) {
  const isListed = openPasswordList()
  const ranks = new Map<string, number>()
  for (const word of [...POPULAR_WORDS, ...words])
    if (word.length >= WORD_MIN_LETTERS && !ranks.has(word)) ranks.set(word, ranks.size)
  const isPopular = (text: string) =>
    isListed(text) || (ranks.get(text) ?? PAIRED_WORDS) < PAIRED_WORDS

  /** `own`: made of the customer's own words. */
  return (password: string, ownWords: readonly string[]): 'common' | 'own' | undefined => {
    const typed = password.toLowerCase().replace(/[\s_-]+/g, '')
    if (isListed(password) || isListed(typed)) return 'common'
    const own = new Set(ownWords.map((word) => word.toLowerCase().replace(/\s+/g, '')))
    for (const base of basesOf(typed)) {
      if (own.has(base)) return 'own'
      if (isPopular(base) || isFrequentWords(base, ranks)) return 'common'
    }
    return undefined
  }
}

/**
 * What may be the word of a password: all of it, or without the digits and symbols around it; each
 * also with its symbols read as letters.
 */
function basesOf(typed: string): string[] {
  const bare = withoutAffixes(typed)
  const texts = bare === undefined ? [typed] : [typed, bare]
  const read = withoutAffixes(readAsLetters(typed))
  return [...texts, ...texts.map(readAsLetters), ...(read ? [read] : [])]
}

function withoutAffixes(typed: string): string | undefined {
  const letters = /\p{L}.*\p{L}/u.exec(typed)?.[0] ?? ''
  const start = typed.indexOf(letters)
  const affixes = [typed.slice(0, start), typed.slice(start + letters.length)]
  const isWeak = affixes.join('').length <= AFFIX_MAX_CHARACTERS || affixes.every(isPlain)
  return letters !== '' && isWeak ? letters : undefined
}

const isPlain = (affix: string) => affix === '' || PLAIN_AFFIX.test(affix)

const readAsLetters = (text: string) =>
  [...text].map((character) => READINGS[character] ?? character).join('')

/** Whether a text is nothing but two frequent words, or three very frequent ones. */
function isFrequentWords(text: string, ranks: ReadonlyMap<string, number>) {
  const consistsOf = (rest: string, count: number, most: number): boolean => {
    const isWord = (part: string) => (ranks.get(part) ?? most) < most
    if (count === 1) return isWord(rest)
    for (let end = WORD_MIN_LETTERS; end < rest.length; end++)
      if (isWord(rest.slice(0, end)) && consistsOf(rest.slice(end), count - 1, most)) return true
    return false
  }
  return consistsOf(text, 2, PAIRED_WORDS) || consistsOf(text, 3, TRIPLED_WORDS)
}
