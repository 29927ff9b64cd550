import { keyedHash, keyedHashes } from '@/lib/platform/crypto'
import type { AnyAddress } from './address'
import { splitEmail } from './email'

const LOOKUP = 'address.lookup'
const DESTINATION = 'address.destination'
const GMAIL_DOMAINS = ['gmail.com', 'googlemail.com']

/** The keyed hash that finds an address as written, whatever the case of its letters. Under the current key. */
export function lookupOf(address: AnyAddress): string {
  return keyedHash(canonical(address), LOOKUP)
}

/** The same under every live key, current first: finds what was kept before a key was replaced. */
export function lookupsOf(address: AnyAddress): string[] {
  return keyedHashes(canonical(address), LOOKUP)
}

/**
 * The keyed hash of the mailbox or number that an address reaches: `a+shop@x.id` reaches a@x.id, and Gmail ignores dots and
 * its second domain. For telling addresses apart, never for delivery. Under the current key.
 */
export function destinationOf(address: AnyAddress): string {
  return keyedHash(destination(address), DESTINATION)
}

/** The same under every live key, current first. */
export function destinationsOf(address: AnyAddress): string[] {
  return keyedHashes(destination(address), DESTINATION)
}

/** Whether a message to one arrives where a message to the other does. */
export function isSameDestination(one: AnyAddress, other: AnyAddress): boolean {
  return destination(one) === destination(other)
}

function canonical({ kind, value }: AnyAddress): string {
  return kind === 'email' ? value.toLowerCase() : value
}

function destination(address: AnyAddress): string {
  if (address.kind === 'phone') return address.value
  const { local, domain } = splitEmail(canonical(address))
  const mailbox = local.replace(/(?<=.)\+.*$/, '')
  return GMAIL_DOMAINS.includes(domain)
    ? `${mailbox.replaceAll('.', '')}@gmail.com`
    : `${mailbox}@${domain}`
}
