import { randomInt } from 'node:crypto'
import { isSameHash, keyedHash, keyedHashes, newSecret } from '@/lib/platform/crypto'
import { CODE_DIGITS } from '@/lib/platform/input-limits'

/**
 * Six decimal digits, uniform, from a CSPRNG, leading zeros kept (NIST SP 800-63B-4 4.2.1.2, ASVS
 * 6.5.3).
 */
export function newCode(): string {
  return randomInt(10 ** CODE_DIGITS)
    .toString()
    .padStart(CODE_DIGITS, '0')
}

/**
 * The stored form of a code: a keyed hash bound to its challenge, so that it is wrong at any other
 * (ASVS 6.6.2).
 */
export const hashCode = (challengeId: string, code: string) =>
  keyedHash(code, codeContext(challengeId))

/** A hash that matches no code, for a decoy. */
export const hashOfNoCode = (challengeId: string) => hashCode(challengeId, newSecret())

/** Whether the hash is that of this code, under any live key. Compares in constant time. */
export function isCodeOf(challengeId: string, code: string, codeHash: string): boolean {
  return hashesOf(challengeId, code).some((hash) => isSameHash(hash, codeHash))
}

/** The hashes of this code for this challenge under every live key. */
export const hashesOf = (challengeId: string, code: string) =>
  keyedHashes(code, codeContext(challengeId))

const codeContext = (challengeId: string) => `challenge.code.${challengeId}`
