/**
 * An address for a sentence. A number stays on one line: a line may break after a common hyphen, so a
 * word joiner follows it.
 */
export const unbroken = (address: string): string =>
  address.includes('@') ? address : address.replaceAll('-', '-\u2060')
