import { hash, verify } from '@node-rs/argon2'
import type { AnyAddress } from '@/lib/addresses'
import { PASSWORD_MAX_CHARACTERS, PASSWORD_MIN_CHARACTERS } from '@/lib/platform/input-limits'
import { done, type Refused, type Result, refuse } from '@/lib/platform/result'
import { estimateStrength } from './strength'

/**
 * argon2id at the OWASP floor: 19 MiB, two passes, one lane. Argon2id is the library's default
 * algorithm.
 */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export type PasswordRefusal =
  | 'password_missing'
  | 'password_too_short'
  | 'password_too_long'
  | 'password_common'
  | 'password_context'

/** Words of the user that an attacker would try first. */
export type PasswordContext = { name: string; addresses: readonly AnyAddress[] }

/**
 * Checks a new password: 8 to 128 characters by code point, no composition rules; a common
 * password, or one made of the customer's own name or addresses, is refused with that reason (NIST
 * SP 800-63B-4 3.1.1.2, ASVS 6.2.4).
 */
export async function checkPassword(
  password: string,
  context: PasswordContext,
): Promise<Result<undefined, PasswordRefusal>> {
  const refusal = refuseLength(password)
  if (refusal) return refusal
  // As it is hashed: full-width letters make no stronger password.
  const hashed = password.normalize('NFKC')
  const { isWeak, restsOnContext } = await estimateStrength(hashed, wordsOf(context))
  if (!isWeak) return done()
  return refuse(restsOnContext ? 'password_context' : 'password_common')
}

/** Refuses a new password that is missing, too short or too long. */
export function refuseLength(
  password: string,
): Refused<'password_missing' | 'password_too_short' | 'password_too_long'> | undefined {
  if (password === '') return refuse('password_missing')
  // A character has at most two UTF-16 units.
  if (password.length > 2 * PASSWORD_MAX_CHARACTERS) return refuse('password_too_long')
  const characters = [...password].length
  if (characters < PASSWORD_MIN_CHARACTERS) return refuse('password_too_short')
  return characters > PASSWORD_MAX_CHARACTERS ? refuse('password_too_long') : undefined
}

/** Hashes a password for storage. Slow on purpose: never inside a transaction. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), ARGON2)
}

/**
 * Verifies a password against a stored hash; without one, it verifies a dummy hash, so that both
 * take equally long.
 */
export async function verifyPassword(
  stored: string | undefined,
  password: string,
): Promise<boolean> {
  hashOfNobody ??= hashPassword('the password of nobody')
  const candidate = password.length > 2 * PASSWORD_MAX_CHARACTERS ? '' : password
  const isRight = await verify(stored ?? (await hashOfNobody), candidate.normalize('NFKC'))
  return stored !== undefined && isRight
}
let hashOfNobody: Promise<string> | undefined

function wordsOf({ name, addresses }: PasswordContext) {
  const values = addresses.flatMap(({ kind, value }) =>
    kind === 'email' ? [value, ...value.split(/[@.+_-]/)] : phoneForms(value),
  )
  return [name, ...name.split(/\s+/), ...values].filter((word) => word.length >= 3)
}

const phoneForms = (e164: string) => [e164, e164.slice(1), `0${e164.slice(3)}`, e164.slice(3)]
