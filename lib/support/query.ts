import { REFERENCE_LENGTH } from '@/lib/activity'
import { type AnyAddress, parseIdentifier } from '@/lib/addresses'
import { heard, SPOKEN_ALPHABET } from '@/lib/platform/spoken'

/** How many characters the number of a case has: not as many as a reference. */
export const NUMBER_LENGTH = 6

/** What a look-up names. A text can be read in two ways: as a reference, and as a number of digits. */
export type Query = {
  reference: string | undefined
  caseNumber: string | undefined
  address: AnyAddress | undefined
}

/** Reads a query; undefined for a part of an address, a name, or anything else that names no account. */
export function parseQuery(typed: string): Query | undefined {
  const spoken = heard(typed)
  const isSpoken = [...spoken].every((character) => SPOKEN_ALPHABET.includes(character))
  const spokenOf = (length: number) => (isSpoken && spoken.length === length ? spoken : undefined)
  const parsed = parseIdentifier(typed)
  const query = {
    reference: spokenOf(REFERENCE_LENGTH),
    caseNumber: spokenOf(NUMBER_LENGTH),
    address: parsed.ok ? parsed.value : undefined,
  }
  return Object.values(query).some((part) => part !== undefined) ? query : undefined
}

/** The kind of a query, for the log of staff. */
export function kindOf({ reference, caseNumber, address }: Query): string {
  if (reference) return 'reference'
  return caseNumber ? 'case' : (address?.kind ?? '')
}
