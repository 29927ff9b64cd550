import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { env } from './env'
import type { Key } from './key-rings'

/** The keyed hashes of one text under every live key, the current one first. */
export type KeyedHashes = [string, ...string[]]

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const SECRET_BYTES = 32
const LINK_TOKEN_BYTES = 16

/**
 * Encrypts a text with AES-256-GCM under the current key: `keyId.base64url(nonce, tag,
 * ciphertext)`. `context` names the column; it is authenticated, so the result does not decrypt in
 * another context.
 */
export function seal(text: string, context: string): string {
  const [key] = env().SEALING_KEYS
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key.bytes, nonce, { authTagLength: TAG_BYTES }).setAAD(
    Buffer.from(context),
  )
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return `${key.id}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`
}

/**
 * Decrypts a result of `seal` under any live key. Throws when it was altered, moved to another
 * context, or its key is unknown.
 */
export function open(sealed: string, context: string): string {
  const [keyId, encoded = ''] = sealed.split('.')
  const key = env().SEALING_KEYS.find((candidate) => candidate.id === keyId)
  if (!key) throw new Error('the key of a sealed value is not among SEALING_KEYS')
  const bytes = Buffer.from(encoded, 'base64url')
  const decipher = createDecipheriv(CIPHER, key.bytes, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  return Buffer.concat([
    decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)),
    decipher.final(),
  ]).toString('utf8')
}

/**
 * Keyed hash (HMAC-SHA-256, hex) under the current key. Equal texts in different contexts have
 * different hashes.
 */
export function keyedHash(text: string, context: string): string {
  return hashWith(env().HASHING_KEYS[0], text, context)
}

/**
 * The keyed hashes under every live key, current first: they find rows from before a key rotation.
 */
export function keyedHashes(text: string, context: string): KeyedHashes {
  const [current, ...older] = env().HASHING_KEYS
  const hashUnder = (key: Key) => hashWith(key, text, context)
  return [hashUnder(current), ...older.map(hashUnder)]
}

/** A keyed hash that tells two keys apart and shows nothing of either. */
export function fingerprintOf(key: Key): string {
  return hashWith(key, key.id, 'key.fingerprint')
}

/** The id of the key that `keyedHash` uses now. */
export function hashingKeyId(): string {
  return env().HASHING_KEYS[0].id
}

/** The id of the key that `seal` uses now. */
export function sealingKeyId(): string {
  return env().SEALING_KEYS[0].id
}

/**
 * A table with encrypted columns. `rehash` computes its keyed hashes again from a row, whose encrypted
 * columns are then decrypted and whose `reads` are as stored; such a table names their key in
 * "keyId". `word` names its rows.
 */
export type SealedTable = {
  table: string
  word: string
  sealed: readonly { column: string; context: string }[]
  reads?: readonly string[]
  rehash?: (row: Record<string, string>) => Record<string, string>
}

/** A secret for a cookie: 256 bits from the system's CSPRNG, base64url. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url')
}

/** A secret for a link: 128 bits, so that it fits into an SMS. */
export function newLinkToken(): string {
  return randomBytes(LINK_TOKEN_BYTES).toString('base64url')
}

/**
 * The stored form of a secret: SHA-256, hex. A random secret is too long to guess, so it needs
 * neither key nor salt.
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Compares two hashes in constant time. */
export function isSameHash(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right))
}

function hashWith(key: Key, text: string, context: string) {
  return createHmac('sha256', key.bytes).update(`${context}\0${text}`).digest('hex')
}
