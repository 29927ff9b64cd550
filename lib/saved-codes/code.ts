import { randomBytes } from 'node:crypto'
import { isSameHash, keyedHash, keyedHashes } from '@/lib/platform/crypto'
import { SAVED_CODE_ALPHABET, SAVED_CODE_SYMBOLS } from '@/lib/platform/saved-code-text'

const SAVED_CODE = 'saved.code'

/** Five bits of a byte. The alphabet has 32 symbols, so all are equally likely. */
const FIVE_BITS = 0x1f

/**
 * A code of 65 bits from the system's CSPRNG (NIST SP 800-63B-4 4.2.1.1).
 */
export const newSavedCode = (): string =>
  Array.from(randomBytes(SAVED_CODE_SYMBOLS), (byte) => SAVED_CODE_ALPHABET[byte & FIVE_BITS]).join(
    '',
  )

/** The stored form of a code: a keyed hash bound to its user, so that it is wrong at any other. */
export const hashSavedCode = (userId: string, code: string): string =>
  keyedHash(textOf(userId, code), SAVED_CODE)

/** Whether the hash is that of this code of this user, under any live key. Compares in constant time. */
export function isSavedCodeOf(userId: string, code: string, codeHash: string): boolean {
  return keyedHashes(textOf(userId, code), SAVED_CODE).some((hash) => isSameHash(hash, codeHash))
}

const textOf = (userId: string, code: string) => JSON.stringify([userId, code])
