import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  blindIndexOf,
  isSameMailbox,
  mailboxIndexOf,
  maskAddress,
  parseEmail,
  withMasks,
} from '@/lib/addresses'
import { domains, emails, localParts } from './arbitraries'

const parse = (text: string) => {
  const outcome = parseEmail(text)
  if (!outcome.ok) throw new Error(`${text} was refused: ${outcome.refusal}`)
  return outcome.value
}

describe('two spellings of an e-mail address', () => {
  it('have one blind index in upper and lower case', () => {
    fc.assert(
      fc.property(emails, (text) => {
        expect(blindIndexOf(parse(text.toUpperCase()))).toBe(
          blindIndexOf(parse(text.toLowerCase())),
        )
      }),
    )
  })

  it('have one mailbox index with any plus-tag, and different blind indexes', () => {
    const [plain, tagged] = [parse('budi@example.com'), parse('Budi+toko+x@example.com')]
    expect(mailboxIndexOf(tagged)).toBe(mailboxIndexOf(plain))
    expect(isSameMailbox(tagged, plain)).toBe(true)
    expect(blindIndexOf(tagged)).not.toBe(blindIndexOf(plain))
  })

  it.each([
    'b.u.d.i@gmail.com',
    'budi@googlemail.com',
    'BUDI+x@GoogleMail.com',
    'bu.di+x.y@ｇmail.com',
  ])('have one mailbox index at Gmail: %s', (text) => {
    expect(mailboxIndexOf(parse(text))).toBe(mailboxIndexOf(parse('budi@gmail.com')))
  })

  it('have different mailbox indexes with dots elsewhere, another domain, or an empty part before the plus', () => {
    const others = [
      'bu.di@example.com',
      'budi@example.org',
      '+a@example.com',
      '+b@example.com',
      'budi@gmail.com.id',
      'budi@mail.gmail.com',
      'siti@gmail.com',
    ]
    const all = ['budi@example.com', 'budi@gmail.com', ...others].map((text) =>
      mailboxIndexOf(parse(text)),
    )
    expect(new Set(all).size).toBe(all.length)
  })
})

describe('the mask of an e-mail address', () => {
  it.each([
    ['budi.santoso@example.com', 'bu•••o@example.com'],
    ['budi12@example.com', 'bu•••2@example.com'],
    ['budi1@example.com', 'b•••@example.com'],
    ['bu@example.com', 'b•••@example.com'],
    ['b@example.com', '•••@example.com'],
    ['budi@xn--mnchen-3ya.de', 'b•••@münchen.de'],
  ])('%s is shown as %s', (text, mask) => {
    expect(maskAddress(parse(text))).toBe(mask)
  })

  it('shows more of two addresses of one customer that would look the same', () => {
    const texts = ['budi.santoso@example.com', 'buku.warno@example.com', 'rini@example.com']
    const held = texts.map((text) => ({ address: parse(text) }))
    expect(withMasks(held).map(({ mask }) => mask)).toEqual([
      'budi.•••o@example.com',
      'buku•••o@example.com',
      'r•••@example.com',
    ])
  })

  it('shows at most half of the local part, and hides its length', () => {
    fc.assert(
      fc.property(localParts, domains, (local, domain) => {
        const mask = maskAddress(parse(`${local}@${domain}`))
        const [start = '', end = ''] = mask.slice(0, mask.indexOf('@')).split('•••')
        expect(start.length + end.length).toBeLessThanOrEqual(local.length / 2)
        expect(local.startsWith(start) && local.endsWith(end)).toBe(true)
      }),
    )
  })
})
