import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAddress, parseEmail } from '@/lib/addresses'
import { anyText, domains, emails, localParts } from './arbitraries'

const refusalOf = (text: string) => {
  const outcome = parseEmail(text)
  return outcome.ok ? outcome.value.value : outcome.refusal
}

const parse = (text: string) => {
  const outcome = parseEmail(text)
  if (!outcome.ok) throw new Error(`${text} was refused: ${outcome.refusal}`)
  return outcome.value
}

describe('an e-mail address', () => {
  it.each([
    ['budi@example.com', 'budi@example.com'],
    ['A.b+c@Ex.COM', 'A.b+c@ex.com'],
    ['  budi@example.com\r\n', 'budi@example.com'],
    ['\u202abudi@example.com\u202c\ufeff', 'budi@example.com'],
    ['budi@münchen.de', 'budi@xn--mnchen-3ya.de'],
    ['budi@MÜNCHEN.de', 'budi@xn--mnchen-3ya.de'],
    ['budi@xn--mnchen-3ya.de', 'budi@xn--mnchen-3ya.de'],
    ['budi@ｅｘａｍｐｌｅ．ｃｏｍ', 'budi@example.com'],
    ['budi@example。co｡id', 'budi@example.co.id'],
    ['budi@日本語.jp', 'budi@xn--wgv71a119e.jp'],
    ["o'brien=!#$&*/?^_`{|}~-@example.com", "o'brien=!#$&*/?^_`{|}~-@example.com"],
    ['1@2.id', '1@2.id'],
  ])('%j is delivered to %j', (text, value) => {
    expect(parse(text)).toEqual({ kind: 'email', value })
  })

  it('F5 keeps its local part as typed, for delivery', () => {
    fc.assert(
      fc.property(localParts, domains, (local, domain) => {
        expect(refusalOf(`${local}@${domain}`).split('@')).toEqual([
          local,
          expect.stringMatching(/^[a-z\d.-]+$/),
        ])
      }),
    )
  })

  it('is displayed with a readable domain', () => {
    expect(formatAddress(parse('Budi@xn--mnchen-3ya.de'))).toBe('Budi@münchen.de')
  })

  it.each([
    ['budi@аррӏе.com', 'budi@xn--80ak6aa92e.com'],
    ['budi@mail.ραγ.com', 'budi@mail.xn--'],
    ['budi@почта.рф', 'budi@почта.рф'],
    ['budi@日本語.com', 'budi@日本語.com'],
  ])('shows a domain that could be taken for another one in punycode: %s', (text, shown) => {
    expect(formatAddress(parse(text)).startsWith(shown)).toBe(true)
  })

  it('is unchanged after it is formatted or stored and parsed again', () => {
    fc.assert(
      fc.property(emails, (text) => {
        const email = parse(text)
        expect(refusalOf(formatAddress(email))).toBe(email.value)
        expect(refusalOf(email.value)).toBe(email.value)
      }),
    )
  })

  it('F5 has at most 64 characters before the "@" and 254 in all', () => {
    const local = 'a'.repeat(64)
    const domain = (length: number) =>
      `${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(length - 128 - 3)}.id`
    expect(refusalOf(`${local}@${domain(189)}`)).toHaveLength(254)
    expect(refusalOf(`${local}@${domain(190)}`)).toBe('email_too_long')
    expect(refusalOf(`${local}a@example.com`)).toBe('email_too_long')
    expect(refusalOf(`a@${'b'.repeat(253)}`)).toBe('email_too_long')
    expect(
      refusalOf(
        `${local}@${Array.from('abcd', (first) => `${first}${'äöü'.repeat(12)}`).join('.')}.id`,
      ),
    ).toBe('email_too_long')
  })
})

describe('an invalid e-mail address is refused', () => {
  it.each(['', ' \t\r\n', '\u00a0\u200b\u202c\ufeff'])('as missing: %j', (text) => {
    expect(refusalOf(text)).toBe('email_missing')
  })

  it.each([
    'a@b.co%0d%0aBcc:x@y.id',
    'a@b.co\r\nBcc: x@y.id',
    'a@b.co\nBcc:x.id',
    'a%0d%0aBcc@b.co',
    'a\r\nb@c.id',
    'a b@c.id',
    'a@b.id,c@d.id',
    'a@b.id;c@d.id',
    'Budi <budi@example.com>',
    '<budi@example.com>',
    'mailto:budi@example.com',
    'a\u0000b@c.id',
    'a\u007fb@c.id',
    'a@b\u200b.id',
    'a\u202eb@c.id',
  ])('as unsafe in a mail header: %j', (text) => {
    expect(refusalOf(text)).toBe('email_malformed')
  })

  it.each([
    'budi',
    'toko.example',
    '@',
    '@example.com',
    'budi@',
    'budi@@example.com',
    'budi@localhost',
    'budi@example.com.',
    'budi@.example.com',
    'budi@example..com',
    'budi@-example.com',
    'budi@example-.com',
    'budi@exa_mple.com',
    'budi@[127.0.0.1]',
    'budi@127.0.0.1',
    'budi@127.1',
    'budi@0x7f.1',
    'budi@example.123',
    'budi@%67mail.com',
    'budi@example.com/x',
    'budi@example.com:25',
    'budi@xn--a.com',
    'budi@xn--xn---3ra.com',
    'budi@☃.net',
    'budi@xn--n3h.net',
    `budi@${'a'.repeat(64)}.com`,
    '.budi@example.com',
    'budi.@example.com',
    'bu..di@example.com',
    '"budi"@example.com',
    '"bu di"@example.com',
    'budi(x)@example.com',
    'büdi@example.com',
    'ｂｕｄｉ@example.com',
    'budi＠example.com',
  ])('as malformed: %j', (text) => {
    expect(refusalOf(text)).toBe('email_malformed')
  })

  it.each([
    'budi@exаmple.com',
    'budi@xn--exmple-4nf.com',
    'budi@gοogle.com',
    'budi@аpple.co.id',
    'budi@сайтα.рф',
  ])('as a mix of look-alike scripts: %j', (text) => {
    expect(refusalOf(text)).toBe('email_malformed')
  })

  it('without an exception, for any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(typeof refusalOf(text)).toBe('string')
      }),
    )
    fc.assert(
      fc.property(anyText, (text) => {
        expect(typeof refusalOf(`a@${text}.com`)).toBe('string')
      }),
    )
  })

  it('or is ASCII without a character that has a meaning in a mail header', () => {
    fc.assert(
      fc.property(anyText, anyText, (local, domain) => {
        const outcome = parseEmail(`${local}@${domain}`)
        expect(outcome.ok ? outcome.value.value : 'a@b.id').toMatch(
          /^[^\s%<>,;:()[\]"\\@]+@[a-z\d.-]+$/,
        )
      }),
    )
  })

  it('as too long above 1,000 characters, spaces included', () => {
    expect(refusalOf('budi@example.com'.padEnd(1_000))).toBe('budi@example.com')
    expect(refusalOf('budi@example.com'.padEnd(1_001))).toBe('email_too_long')
  })
})
