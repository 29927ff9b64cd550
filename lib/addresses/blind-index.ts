import { keyedHash, keyedHashes } from '@/lib/platform/crypto'
import type { AnyAddress } from './address'
import { splitEmail } from './email'

const BLIND_INDEX = 'address.lookup'
const MAILBOX_INDEX = 'address.destination'
const GMAIL_DOMAINS = ['gmail.com', 'googlemail.com']

/** The keyed hash that finds an address as written, whatever the case of its letters. Under the current key. */
export function blindIndexOf(address: AnyAddress): string {
  return keyedHash(canonical(address), BLIND_INDEX)
}

/** The same under every live key, current first: finds what was kept before a key was replaced. */
export function blindIndexesOf(address: AnyAddress): string[] {
  return keyedHashes(canonical(address), BLIND_INDEX)
}

/**
 * The keyed hash of the mailbox or number that an address reaches: `a+shop@x.id` reaches a@x.id, and Gmail ignores dots and
 * its second domain. For telling addresses apart, never for delivery. Under the current key.
 */
export function mailboxIndexOf(address: AnyAddress): string {
  return keyedHash(mailboxOf(address), MAILBOX_INDEX)
}

/** The same under every live key, current first. */
export function mailboxIndexesOf(address: AnyAddress): string[] {
  return keyedHashes(mailboxOf(address), MAILBOX_INDEX)
}

/** Whether a message to one arrives where a message to the other does. */
export function isSameMailbox(one: AnyAddress, other: AnyAddress): boolean {
  return mailboxOf(one) === mailboxOf(other)
}

function canonical({ kind, value }: AnyAddress): string {
  return kind === 'email' ? value.toLowerCase() : value
}

function mailboxOf(address: AnyAddress): string {
  if (address.kind === 'phone') return address.value
  const { local, domain } = splitEmail(canonical(address))
  const mailbox = local.replace(/(?<=.)\+.*$/, '')
  return GMAIL_DOMAINS.includes(domain)
    ? `${mailbox.replaceAll('.', '')}@gmail.com`
    : `${mailbox}@${domain}`
}
