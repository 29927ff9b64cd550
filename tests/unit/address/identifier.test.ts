import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromStored, isSameMailbox, parseAddress, parseIdentifier } from '@/lib/addresses'
import { anyText, emails, mobileNumbers } from './arbitraries'

describe('an identifier', () => {
  it('with an "@" is an e-mail address, without one a mobile number', () => {
    expect(parseIdentifier('Budi@Example.com')).toEqual({
      ok: true,
      value: { kind: 'email', value: 'Budi@example.com' },
    })
    expect(parseIdentifier('0812 3456 7890')).toEqual({
      ok: true,
      value: { kind: 'phone', value: '+6281234567890' },
    })
  })

  it('is read as the field of its own kind reads it', () => {
    fc.assert(
      fc.property(emails, (text) => {
        expect(parseIdentifier(text)).toEqual(parseAddress('email', text))
      }),
    )
    fc.assert(
      fc.property(mobileNumbers, (text) => {
        expect(parseIdentifier(text)).toEqual(parseAddress('phone', text))
      }),
    )
  })

  it.each(['', '  ', '\u200b\u00a0'])('that is empty is missing: %j', (text) => {
    expect(parseIdentifier(text)).toEqual({ ok: false, refusal: 'identifier_missing' })
  })

  it.each([
    'budi',
    '@',
    'budi@',
    '021 5551234',
    '+1 415 555 2671',
    '0812',
    '8'.repeat(40),
    `${'a'.repeat(300)}@b.id`,
  ])('that cannot be anybody’s is malformed, with one word for all reasons: %j', (text) => {
    expect(parseIdentifier(text)).toEqual({ ok: false, refusal: 'identifier_malformed' })
  })

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(typeof parseIdentifier(text).ok).toBe('boolean')
      }),
    )
  })
})

describe('a stored address', () => {
  it('is the one that was parsed', () => {
    fc.assert(
      fc.property(fc.oneof(emails, mobileNumbers), (text) => {
        const outcome = parseIdentifier(text)
        expect(outcome.ok && fromStored(outcome.value.kind, outcome.value.value)).toEqual(
          outcome.ok && outcome.value,
        )
      }),
    )
  })

  it('of one kind never has the mailbox index of one of the other', () => {
    expect(
      isSameMailbox(fromStored('email', 'a@b.id'), fromStored('phone', '+6281234567890')),
    ).toBe(false)
  })
})
