import { describe, expect, it } from 'vitest'
import {
  formatSavedCode,
  readSavedCode,
  SAVED_CODE_ALPHABET,
  SAVED_CODE_SYMBOLS,
} from '@/lib/platform/saved-code-text'
import { newSavedCode } from '@/lib/saved-codes/code'

const CODE = '0123456789ABC'

describe('a saved code', () => {
  it('has 13 symbols of five bits, which all occur at each place', () => {
    const codes = Array.from({ length: 2_000 }, newSavedCode)
    expect([SAVED_CODE_ALPHABET.length, new Set(SAVED_CODE_ALPHABET).size]).toEqual([32, 32])
    expect(new Set(codes.map((code) => code.length))).toEqual(new Set([SAVED_CODE_SYMBOLS]))
    for (let place = 0; place < SAVED_CODE_SYMBOLS; place++)
      expect(new Set(codes.map((code) => code[place])).size).toBe(32)
    expect(new Set(codes).size).toBe(2_000)
  })

  it('is printed in groups, and read as it is printed', () => {
    expect(formatSavedCode(CODE)).toBe('0123-4567-89ABC')
    for (const code of Array.from({ length: 100 }, newSavedCode))
      expect(readSavedCode(formatSavedCode(code))).toBe(code)
  })

  it.each([
    'o1234-56789-abc',
    ' 0l23 4567 89abc ',
    '0I23\u20134567\u201389ABC',
    '\uff10\uff1123456789ABC',
    '0123\u200b456789ABC',
  ])('is read from %s', (typed) => {
    expect(readSavedCode(typed)).toBe(CODE)
  })

  it.each(['', '0123456789AB', '0123456789ABCD', '0123456789ABU', '0123_4567_89ABC'])(
    'is not read from %j',
    (typed) => {
      expect(readSavedCode(typed)).toBeUndefined()
    },
  )
})
