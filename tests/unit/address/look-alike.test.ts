import { expect, it } from 'vitest'
import { lookAlikeDomain as inBrowser } from '@/components/form/look-alike'
import { formatAddress, lookAlikeDomain, maskAddress, parseEmail } from '@/lib/addresses'

const CYRILLIC = 'xn--80ak6aa92e.com'

const samples = [
  ['budi@аррӏе.com', CYRILLIC],
  [' budi@АРРӏЕ.com ', CYRILLIC],
  [`budi@${CYRILLIC}`, CYRILLIC],
  [`budi@mail.${CYRILLIC}`, `mail.${CYRILLIC}`],
  ['budi@ραγ.example', 'xn--mxae4b.example'],
  ['budi@surat.example', undefined],
  ['xn--80ak6aa92e@surat.example', undefined],
  ['budi@münchen.de', undefined],
  ['budi@日本語.com', undefined],
  ['budi@почта.рф', undefined],
] as const

it.each(samples)(
  'the server warns of a domain that could be taken for another one: %s',
  (typed, domain) => {
    const parsed = parseEmail(typed)
    if (!parsed.ok) throw new Error(parsed.refusal)
    expect(lookAlikeDomain(formatAddress(parsed.value))).toBe(domain)
    expect(lookAlikeDomain(maskAddress(parsed.value))).toBe(domain)
  },
)

it.each(samples)('a form warns of the same: %s', (typed, domain) => {
  expect(inBrowser(typed)).toBe(domain)
})

it.each(['', 'budi', 'budi@', 'budi@аррӏе', 'аррӏе.com budi@surat.example', 'а@[.com', '0812'])(
  'a form does not warn of what is no such address: %j',
  (typed) => {
    expect(inBrowser(typed)).toBeUndefined()
  },
)
