import { createHash } from 'node:crypto'
import { type AnyAddress, formatAddress } from '@/lib/addresses'

/** The forms of a text in a dump: plain, base64 at any offset, hex, and hashes without a key. */
export function traces(text: string): string[] {
  const bytes = Buffer.from(text)
  const hashes = ['md5', 'sha1', 'sha224', 'sha256', 'sha512'].map((name) =>
    createHash(name).update(text).digest(),
  )
  return [
    text,
    ...[bytes, ...hashes].flatMap((one) => [one.toString('hex'), ...base64Traces(one)]),
  ].map((one) => one.toLowerCase())
}

/**
 * The base64 characters, in both alphabets, that depend only on these bytes and not on their
 * neighbours.
 */
export function base64Traces(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
    const whole = encoded.slice(
      Math.ceil((offset * 8) / 6),
      Math.floor(((offset + bytes.length) * 8) / 6),
    )
    return [whole, whole.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

/** The notations in which an address could be stored. */
export function notations(address: AnyAddress): string[] {
  if (address.kind === 'email')
    return [address.value, address.value.toLowerCase(), formatAddress(address)]
  const national = address.value.slice(3)
  return [address.value, address.value.slice(1), `0${national}`, national, formatAddress(address)]
}
