import { type KeyedHashes, keyedHash, keyedHashes } from '@/lib/platform/crypto'
import type { AnyAddress } from './address'
import { splitEmail } from './email'

const BLIND_INDEX = 'address.lookup'
const MAILBOX_INDEX = 'address.destination'
const GMAIL_DOMAINS = ['gmail.com', 'googlemail.com']

/**
 * The blind index of an address: the keyed hash of its canonical form, without case, under the
 * current key.
 */
export function blindIndexOf(address: AnyAddress): string {
  return keyedHash(canonical(address), BLIND_INDEX)
}

/**
 * The blind indexes under every live key, current first: they find rows from before a key rotation.
 */
export function blindIndexesOf(address: AnyAddress): KeyedHashes {
  return keyedHashes(canonical(address), BLIND_INDEX)
}

/**
 * The keyed hash of the mailbox or number that an address reaches, under the current key:
 * `a+shop@x.id` reaches a@x.id, and Gmail ignores dots and its second domain. It compares
 * addresses; messages go to the address itself.
 */
export function mailboxIndexOf(address: AnyAddress): string {
  return keyedHash(mailboxOf(address), MAILBOX_INDEX)
}

/** The mailbox indexes under every live key, current first. */
export function mailboxIndexesOf(address: AnyAddress): KeyedHashes {
  return keyedHashes(mailboxOf(address), MAILBOX_INDEX)
}

/** Whether both addresses reach the same mailbox or number. */
export function isSameMailbox(one: AnyAddress, other: AnyAddress): boolean {
  return mailboxOf(one) === mailboxOf(other)
}

function canonical({ kind, value }: AnyAddress): string {
  return kind === 'email' ? value.toLowerCase() : value
}

function mailboxOf(address: AnyAddress): string {
  if (address.kind === 'phone') return address.value
  const { local, domain } = splitEmail(canonical(address))
  const tag = local.indexOf('+', 1)
  const mailbox = tag === -1 ? local : local.slice(0, tag)
  return GMAIL_DOMAINS.includes(domain)
    ? `${mailbox.replaceAll('.', '')}@gmail.com`
    : `${mailbox}@${domain}`
}
