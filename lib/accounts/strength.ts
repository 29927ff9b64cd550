import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import * as common from '@zxcvbn-ts/language-common'
import * as english from '@zxcvbn-ts/language-en'
import * as indonesian from '@zxcvbn-ts/language-id'
import { env } from '@/lib/platform/env'

/**
 * Below this score of zxcvbn (0 to 4; 2 means more than a million guesses) a password is refused.
 */
const LEAST_SCORE = 2

/**
 * The estimate runs on the event loop, and its time grows faster than the square of the length: 128
 * hostile characters would block the process for seconds. A password with a strong beginning is
 * strong, and a few substitutions (3 for e, $ for s) cover the common ones.
 */
const ESTIMATED_CHARACTERS = 32
const LEET_READINGS = 8

const CONTEXT_DICTIONARY = 'userInputs'

/**
 * Estimates the number of guesses of an attacker who knows Indonesian, English and the customer's
 * own words.
 */
export function estimateStrength(password: string, ownWords: string[]) {
  estimator ??= new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary, ...indonesian.dictionary },
    graphs: common.adjacencyGraphs,
    maxLength: ESTIMATED_CHARACTERS,
    l33tMaxSubstitutions: LEET_READINGS,
  })
  const words = [...ownWords, env().BRAND_NAME].map((word) => word.slice(0, ESTIMATED_CHARACTERS))
  const { score, sequence } = estimator.check(password, words)
  const restsOnContext = sequence.some(
    (match) => 'dictionaryName' in match && match.dictionaryName === CONTEXT_DICTIONARY,
  )
  return { isWeak: score < LEAST_SCORE, restsOnContext }
}
let estimator: ZxcvbnFactory | undefined
