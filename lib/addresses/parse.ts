import { done, type Result, refuse } from '@/lib/platform/result'
import type { AddressKind, AnyAddress } from './address'
import { type EmailRefusal, parseEmail } from './email'
import { type PhoneRefusal, parsePhone } from './phone'

export type AddressRefusal = EmailRefusal | PhoneRefusal
export type IdentifierRefusal = 'identifier_missing' | 'identifier_malformed'

/**
 * Parses the value of a field for an address of this kind. Refused as by `parseEmail` or
 * `parsePhone`.
 */
export function parseAddress(kind: AddressKind, text: string): Result<AnyAddress, AddressRefusal> {
  return kind === 'email' ? parseEmail(text) : parsePhone(text)
}

/**
 * Parses the value of a field for either kind: with an "@" it is an e-mail address, without one a
 * mobile number.
 */
export function parseIdentifier(text: string): Result<AnyAddress, IdentifierRefusal> {
  const outcome = parseAddress(text.includes('@') ? 'email' : 'phone', text)
  if (outcome.ok) return done(outcome.value)
  // An empty value has no "@", so it was parsed as a number.
  return refuse(outcome.refusal === 'phone_missing' ? 'identifier_missing' : 'identifier_malformed')
}
