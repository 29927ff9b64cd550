import { randomInt } from 'node:crypto'

/**
 * Texts that are read out on the telephone: no 0/O, no 1/I/L, and no vowels, which could form words.
 */
export const SPOKEN_LETTERS = 'BCDFGHJKMNPQRSTVWXZ'

export const SPOKEN_ALPHABET = `23456789${SPOKEN_LETTERS}`

/** A random text of an alphabet, from the system's CSPRNG. */
export const newSpoken = (alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')

/** A text as it was typed after it was heard: capital letters, without spaces and hyphens. */
export const heard = (typed: string): string => typed.replace(/[\s-]/g, '').toUpperCase()
