import type { Reply, Sending } from './browser-requests'

/** Sends a request; throws when the status is another one. */
export type Send = (sending: Sending, status: number) => Promise<Reply>

/** What one visitor of a flow does: one or more requests that belong together. */
export type Visit = (send: Send) => Promise<void>

/**
 * A flow of one server. `prepare` is called before each round, outside the measured process, and
 * returns what visitors do, until `count` of them have come. `hashes`: passwords that are hashed for
 * one visit.
 */
export type Flow = { hashes: number; prepare(count: number): Promise<Iterator<Visit>> }

export const FLOWS = [
  'login',
  'login-new',
  'login-unknown',
  'reset',
  'reset-unknown',
  'password',
  'code',
  'code-page',
  'profile',
] as const

export type FlowName = (typeof FLOWS)[number]

/** Repeats values without end. */
export function* cycle<Value>(values: readonly Value[]): Generator<Value, never> {
  for (let index = 0; ; index++) {
    const value = values[index % values.length]
    if (value === undefined) throw new Error('there is nothing to repeat')
    yield value
  }
}

/** Customers whose session a flow uses in turn. */
export const SIGNED_IN = 32

let strangers = 0

/** An e-mail address that no account has, another one each time. */
export function unknownEmail(): string {
  strangers += 1
  return `nobody.${strangers}@surat.example`
}

/** A mobile number that no account has, another one each time. */
export function unknownPhone(): string {
  strangers += 1
  return `+62899${10_000_000 + strangers}`
}
