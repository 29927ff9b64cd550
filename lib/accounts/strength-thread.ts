import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import * as common from '@zxcvbn-ts/language-common'
import * as english from '@zxcvbn-ts/language-en'
import * as indonesian from '@zxcvbn-ts/language-id'
import { createGuesser } from './guessable'

/**
 * Below this score of zxcvbn (0 to 4; 2 means more than a million guesses) a password is refused.
 */
const LEAST_SCORE = 2

/**
 * The time of an estimate grows faster than the square of the length: 128 hostile characters would
 * take seconds. A password with a strong beginning is strong, and a few substitutions (3 for e, $
 * for s) cover the common ones.
 */
const ESTIMATED_CHARACTERS = 32
const LEET_READINGS = 8

const CONTEXT_DICTIONARY = 'userInputs'

/** Days, months, planets, numbers and the like. */
const SHORT_LIST_WORDS = 50

/**
 * Every part of a password is looked up in each list, so the 24 short lists of the languages are one:
 * an estimate then takes a third of the time.
 */
function joinShortLists<Word>(lists: Record<string, Word[]>): Record<string, Word[]> {
  const isShort = (words: Word[]) => words.length <= SHORT_LIST_WORDS
  const long = Object.entries(lists).filter(([, words]) => !isShort(words))
  return { ...Object.fromEntries(long), short: Object.values(lists).filter(isShort).flat() }
}

const estimator = new ZxcvbnFactory({
  dictionary: joinShortLists<string | number>({
    ...common.dictionary,
    ...english.dictionary,
    ...indonesian.dictionary,
  }),
  graphs: common.adjacencyGraphs,
  maxLength: ESTIMATED_CHARACTERS,
  l33tMaxSubstitutions: LEET_READINGS,
})

const guess = createGuesser([
  ...indonesian.dictionary['commonWords-id'],
  ...indonesian.dictionary['names-id'],
])

/** A new password, and the words that an attacker of this customer would try first. */
export type Candidate = { password: string; ownWords: readonly string[] }

export type Strength = { isWeak: boolean; restsOnContext: boolean }

/** Runs in a thread of its own, which strength.ts starts. */
export default function estimate({ password, ownWords }: Candidate): Strength {
  const guessed = guess(password, ownWords)
  if (guessed) return { isWeak: true, restsOnContext: guessed === 'own' }
  const words = ownWords.map((word) => word.slice(0, ESTIMATED_CHARACTERS))
  const { score, sequence } = estimator.check(password, words)
  const restsOnContext = sequence.some(
    (match) => 'dictionaryName' in match && match.dictionaryName === CONTEXT_DICTIONARY,
  )
  return { isWeak: score < LEAST_SCORE, restsOnContext }
}
