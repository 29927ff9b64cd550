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

  it('is parsed like the field of its kind', () => {
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
  ])('that no account can have is malformed, with one refusal for all reasons: %j', (text) => {
    expect(parseIdentifier(text)).toEqual({ ok: false, refusal: 'identifier_malformed' })
  })

  it('never throws, for any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(typeof parseIdentifier(text).ok).toBe('boolean')
      }),
    )
  })
})

describe('a stored address', () => {
  it('equals the parsed one', () => {
    fc.assert(
      fc.property(fc.oneof(emails, mobileNumbers), (text) => {
        const outcome = parseIdentifier(text)
        expect(outcome.ok && fromStored(outcome.value.kind, outcome.value.value)).toEqual(
          outcome.ok && outcome.value,
        )
      }),
    )
  })

  it('of one kind never has the mailbox index of the other kind', () => {
    expect(
      isSameMailbox(fromStored('email', 'a@b.id'), fromStored('phone', '+6281234567890')),
    ).toBe(false)
  })
})
