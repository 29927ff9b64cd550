import fc from 'fast-check'

const ZERO_OF_SCRIPT = {
  ascii: 0x30,
  fullWidth: 0xff10,
  arabicIndic: 0x660,
  persian: 0x6f0,
} as const
const BETWEEN = [
  '',
  '',
  '',
  ' ',
  '-',
  '.',
  '\u00a0',
  '\u2013',
  '\u200b',
  '\u202c',
  '\u00ad',
  '/',
  ') (',
  '\u3000',
]

const digits = (length: { min: number; max: number }) =>
  fc.string({
    unit: fc.constantFrom(...'0123456789'),
    minLength: length.min,
    maxLength: length.max,
  })

/**
 * Indonesian mobile numbers without country code and trunk zero: 8, not 0 or 4, then seven to ten
 * digits.
 */
export const mobileNumbers = fc
  .tuple(fc.constantFrom(...'12356789'), digits({ min: 7, max: 10 }))
  .map(([operator, rest]) => `8${operator}${rest}`)

/** The notations of one number: prefixes, scripts, separators, and characters from a paste. */
export const notationsOf = (national: string) =>
  fc
    .record({
      prefix: fc.constantFrom(
        '0',
        '',
        '62',
        '+62',
        '+620',
        '+62(0)',
        '620',
        '0062',
        '00620',
        '(+62)',
      ),
      scheme: fc.constantFrom('', 'tel:', 'TEL:', '\u202a', ' \n'),
      zero: fc.constantFrom(...Object.values(ZERO_OF_SCRIPT)),
      between: fc.array(fc.constantFrom(...BETWEEN), { minLength: 24, maxLength: 24 }),
    })
    .map(({ prefix, scheme, zero, between }) => {
      const characters = [...`${prefix}${national}`].map(
        (character, index) => `${inScript(character, zero)}${between[index]}`,
      )
      return `${scheme}${characters.join('')}`
    })

function inScript(character: string, zero: number) {
  return /\d/.test(character) ? String.fromCharCode(zero + Number(character)) : character
}

const atom = fc.string({
  unit: fc.constantFrom(..."abcdefgxyzABCXYZ0123456789!#$&'*/=?^_`{|}~-"),
  minLength: 1,
  maxLength: 12,
})
const label = fc.stringMatching(/^[a-z0-9]([a-z0-9]{0,8}[a-z0-9])?$/)
const unicodeLabel = fc.constantFrom(
  'münchen',
  'café',
  '日本語',
  'пример',
  'παράδειγμα',
  'مثال',
  'toko',
  'xn--mnchen-3ya',
)

/** Local parts of RFC 5321, including plus-tags. */
export const localParts = fc
  .tuple(fc.array(atom, { minLength: 1, maxLength: 3 }), fc.option(atom))
  .map(([atoms, tag]) => `${atoms.join('.')}${tag ? `+${tag}` : ''}`)

/** Domains in ASCII and in other scripts, with one script for each label. */
export const domains = fc
  .tuple(
    fc.array(fc.oneof(label, unicodeLabel), { minLength: 1, maxLength: 3 }),
    fc.constantFrom('com', 'co.id', 'id', 'рф'),
  )
  .map(([labels, end]) => `${labels.join('.')}.${end}`)

export const emails = fc.tuple(localParts, domains).map(([local, domain]) => `${local}@${domain}`)

/**
 * Any text: every UTF-16 unit, including lone surrogates and control characters, and near misses of
 * real addresses.
 */
export const anyText = fc.oneof(
  fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    maxLength: 400,
  }),
  fc.string({
    unit: fc.constantFrom(...'+0628 ()-.@xa%\r\n<>,"\u0660\uff10\u202e\u3002'),
    maxLength: 60,
  }),
)
