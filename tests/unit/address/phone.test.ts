import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  blindIndexOf,
  formatAddress,
  fromStored,
  mailboxIndexOf,
  maskAddress,
  parsePhone,
} from '@/lib/addresses'
import { anyText, mobileNumbers, notationsOf } from './arbitraries'

const refusalOf = (text: string) => {
  const outcome = parsePhone(text)
  return outcome.ok ? outcome.value.value : outcome.refusal
}

const parse = (text: string) => {
  const outcome = parsePhone(text)
  if (!outcome.ok) throw new Error(`${text} was refused: ${outcome.refusal}`)
  return outcome.value
}

describe('a mobile number', () => {
  it.each([
    '081234567890',
    '81234567890',
    '6281234567890',
    '+6281234567890',
    '+62 812-3456-7890',
    '+62 (0)812 3456 7890',
    '+62 0812 3456 7890',
    '62 0812 3456 7890',
    '(+62) 812 3456 7890',
    '0062 812 3456 7890',
    '0062 (0)812 3456 7890',
    'tel:+62-812-3456-7890',
    'TEL:081234567890',
    '0812.3456.7890',
    '[0812] 3456/7890',
    '0812–3456—7890',
    '０８１２３４５６７８９０',
    '＋６２（０）８１２－３４５６－７８９０',
    '٠٨١٢٣٤٥٦٧٨٩٠',
    '۰۸۱۲۳۴۵۶۷۸۹۰',
    '0812\u00a03456\u202f7890',
    '\u202a+62 812-3456-7890\u202c',
    '0812\u200b3456\u00ad7890\ufeff',
    '  0812 3456 7890\r\n',
  ])('F1 written %j is +6281234567890', (text) => {
    expect(parse(text)).toEqual({ kind: 'phone', value: '+6281234567890' })
  })

  it('F1 is one value, one blind index and one mailbox index in every notation', () => {
    fc.assert(
      fc.property(
        mobileNumbers.chain((national) => fc.tuple(fc.constant(national), notationsOf(national))),
        ([national, text]) => {
          const phone = parse(text)
          const plain = parse(`0${national}`)
          expect(phone.value).toBe(`+62${national}`)
          expect([blindIndexOf(phone), mailboxIndexOf(phone)]).toEqual([
            blindIndexOf(plain),
            mailboxIndexOf(plain),
          ])
        },
      ),
    )
  })

  it('is displayed in the national notation', () => {
    expect(formatAddress(parse('+6281234567890'))).toBe('0812-3456-7890')
  })

  it('is unchanged after it is formatted and parsed again', () => {
    fc.assert(
      fc.property(mobileNumbers, (national) => {
        expect(refusalOf(formatAddress(parse(national)))).toBe(`+62${national}`)
      }),
    )
  })

  it.each([
    ['0812345678', '+62812345678'],
    ['0812345678901', '+62812345678901'],
    ['62812345678', '+62812345678'],
    ['628123456789', '+628123456789'],
  ])('of each length in use in Indonesia is accepted: %s', (text, value) => {
    expect(refusalOf(text)).toBe(value)
  })
})

describe('an invalid number has a refusal for its fault', () => {
  it.each([
    ['', 'phone_missing'],
    [' \t\r\n\u00a0\u200b\u202c\ufeff', 'phone_missing'],
    ['0812-3456-7890 ext 12', 'phone_malformed'],
    ['0812-3456-7890 x12', 'phone_malformed'],
    ['0812-3456-7890;ext=12', 'phone_malformed'],
    ['0812-3456-7890,12', 'phone_malformed'],
    ['0812-3456-7890#12', 'phone_malformed'],
    ['O812 3456 7890', 'phone_malformed'],
    ['0812 3456 789O', 'phone_malformed'],
    ['+62812345678901x', 'phone_malformed'],
    ['08123456+7890', 'phone_malformed'],
    ['++6281234567890', 'phone_malformed'],
    ['+', 'phone_malformed'],
    ['---', 'phone_malformed'],
    ['*123#', 'phone_malformed'],
    ['budi@example.com', 'phone_malformed'],
    ['0812\u00003456', 'phone_malformed'],
    ['0809 1234 5678', 'phone_malformed'],
    ['0804 1234 5678', 'phone_malformed'],
    ['0809 1234 567', 'phone_malformed'],
    ['0800 1 234567', 'phone_malformed'],
    ['0999 1234 5678', 'phone_malformed'],
    ['0812 tel:3456 7890', 'phone_malformed'],
    ['+62 90 000 0000', 'phone_malformed'],
    ['+62 90 000 000', 'phone_too_short'],
    ['+62 90 0000 000000', 'phone_malformed'],
    ['+62 90 0000 0000000', 'phone_too_long'],
    ['+999999', 'phone_too_short'],
    ['+9999999', 'phone_foreign'],
    ['8', 'phone_too_short'],
    ['0812', 'phone_too_short'],
    ['081234567', 'phone_too_short'],
    ['+62 0812 345', 'phone_too_short'],
    ['+62 0812 34567', 'phone_too_short'],
    ['+6281234', 'phone_too_short'],
    ['+628123456789012', 'phone_too_long'],
    ['628123456789012', 'phone_too_long'],
    ['08123456789012', 'phone_too_long'],
    ['0812 3456 7890 0813 3456 7890', 'phone_too_long'],
    ['8'.repeat(5_000), 'phone_too_long'],
    ['021 5551234', 'phone_landline'],
    ['+6221 5551234', 'phone_landline'],
    ['6221 5551234', 'phone_landline'],
    ['(0274) 512345', 'phone_landline'],
    ['+1 415 555 2671', 'phone_foreign'],
    ['001 415 555 2671', 'phone_foreign'],
    ['+65 8123 4567', 'phone_foreign'],
    ['+44 77', 'phone_foreign'],
    ['+999 1234 56789', 'phone_foreign'],
  ])('%j: %s', (text, word) => {
    expect(refusalOf(text)).toBe(word)
  })

  it('without an exception, for any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(typeof refusalOf(text)).toBe('string')
      }),
    )
  })

  it('as too long above 1,000 characters, spaces included', () => {
    expect(refusalOf('081234567890'.padEnd(1_000))).toBe('+6281234567890')
    expect(refusalOf('081234567890'.padEnd(1_001))).toBe('phone_too_long')
  })
})

describe('the mask of a number', () => {
  it('F4 uses the national notation, never +62', () => {
    expect(maskAddress(parse('+6281234567890'))).toBe('0812-\u2060••••-\u20607890')
  })

  it('hides at least four digits in one format', () => {
    fc.assert(
      fc.property(mobileNumbers, (national) => {
        const mask = maskAddress(parse(national))
        const shown = mask.replace(/\D/g, '')
        expect(mask).toMatch(/^08\d\d-\u2060••••-\u2060\d{2,4}$/)
        expect(national.length + 1 - shown.length).toBeGreaterThanOrEqual(4)
        expect(
          `0${national}`.startsWith(shown.slice(0, 4)) && national.endsWith(shown.slice(4)),
        ).toBe(true)
      }),
    )
  })
})

it('a stored number that the metadata no longer knows is displayed as it is, and masked', () => {
  const unknown = fromStored('phone', '+9991234567')
  expect(formatAddress(unknown)).toBe('+9991234567')
  expect(maskAddress(unknown)).toBe('+\u00a0••••\u00a04567')
})
