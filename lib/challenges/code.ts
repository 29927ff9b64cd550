import { randomInt } from 'node:crypto'
import { isSameHash, keyedHash, keyedHashes, newSecret } from '@/lib/platform/crypto'
import { NIL_UUID } from '@/lib/platform/db'
import { CODE_DIGITS } from '@/lib/platform/input-limits'
import { readSavedCode } from '@/lib/platform/saved-code-text'
import { isSavedCodeOf } from '@/lib/saved-codes'
import type { ChallengeModel } from '@/prisma/client/models'
import type { AttemptPath } from './attempts'

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

/** The path of the challenges that a saved code passes. */
export const SAVED_CODE: AttemptPath = 'saved_code'

/**
 * Whether the hash is that of what was typed: of the code that was sent for the challenge, or of the
 * saved code of its account. Compares in constant time, for an account and for none alike.
 */
export function isAnswerTo(
  { id, userId, path }: ChallengeModel,
  typed: string,
  codeHash: string,
): boolean {
  if (path !== SAVED_CODE) return isCodeOf(id, typed, codeHash)
  return isSavedCodeOf(userId ?? NIL_UUID, readSavedCode(typed) ?? '', codeHash)
}

/** Whether the hash is that of this code, under any live key. Compares in constant time. */
export function isCodeOf(challengeId: string, code: string, codeHash: string): boolean {
  return hashesOf(challengeId, code).some((hash) => isSameHash(hash, codeHash))
}

/** The hashes of this code for this challenge under every live key. */
export const hashesOf = (challengeId: string, code: string) =>
  keyedHashes(code, codeContext(challengeId))

const codeContext = (challengeId: string) => `challenge.code.${challengeId}`
