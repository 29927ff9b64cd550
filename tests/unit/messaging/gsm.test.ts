import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countSeptets, foldToGsm } from '@/lib/messaging/content/gsm'

const anyText = fc
  .array(fc.integer({ min: 0, max: 0x2fff }))
  .map((points) => String.fromCodePoint(...points))

describe('the GSM alphabet', () => {
  it('counts one septet for a basic character, two for an extended one, and rejects others', () => {
    expect(countSeptets('@toko #123\n')).toBe(11)
    expect(countSeptets('[€]')).toBe(6)
    expect(countSeptets('“kode”')).toBeUndefined()
    expect(countSeptets('a\u00a0b')).toBeUndefined()
  })

  it('contains any text after folding, which leaves a GSM text unchanged', () => {
    expect(foldToGsm('Tôkõ…')).toBe('Toko...')
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = foldToGsm(text)
        expect(countSeptets(folded)).toBeDefined()
        expect(foldToGsm(folded)).toBe(folded)
      }),
    )
  })
})
