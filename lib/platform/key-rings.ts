import { createHmac } from 'node:crypto'
import * as z from 'zod'

const SECRET_MIN_CHARACTERS = 32
const KEY_BYTES = 32

/**
 * A named 256-bit key. The first of a ring is the current one; the others decrypt and find older
 * values.
 */
export type Key = { id: string; bytes: Buffer }
export type KeyRing = readonly [Key, ...Key[]]

/** `id:base64` of 32 bytes, comma separated. */
export const keyRing = z.string().transform((text, context): KeyRing => {
  const [current, ...older] = text.split(',').map(parseKey)
  if (current && older.every((key) => key !== undefined))
    return refuseRepeated([current, ...older], context)
  context.addIssue(
    `must be id:base64 of ${KEY_BYTES} bytes, comma separated (make one: openssl rand -base64 ${KEY_BYTES})`,
  )
  return z.NEVER
})

function refuseRepeated(ring: KeyRing, context: z.RefinementCtx): KeyRing {
  if (hasEqual(ring.map(({ id }) => id))) context.addIssue('must not give one id to two keys')
  if (hasEqual(ring.map(({ bytes }) => bytes.toString('hex'))))
    context.addIssue('must not hold one key twice')
  return ring
}

const hasEqual = (values: readonly string[]) => new Set(values).size < values.length

function parseKey(text: string): Key | undefined {
  const [, id, encoded] = /^\s*([\w-]{1,32}):([A-Za-z0-9+/]+={0,2})\s*$/.exec(text) ?? []
  const bytes = Buffer.from(encoded ?? '', 'base64')
  return id && bytes.length === KEY_BYTES ? { id, bytes } : undefined
}

const ID_CHARACTERS = 8

/**
 * `AUTH_SECRET`: secrets of at least 32 characters, comma separated. The whole text of an entry is
 * the secret; written as `id:base64` it is named by its id, else by a hash.
 */
export const secretRing = z.string().transform((text, context): KeyRing => {
  const [current, ...older] = text.split(',').map(parseSecret)
  if (current && older.every((secret) => secret !== undefined))
    return refuseRepeated([current, ...older], context)
  context.addIssue(
    `must have at least ${SECRET_MIN_CHARACTERS} characters, each of several comma separated ones`,
  )
  return z.NEVER
})

function parseSecret(entry: string): Key | undefined {
  const text = entry.trim()
  if (text.length < SECRET_MIN_CHARACTERS) return undefined
  const bytes = Buffer.from(text)
  const hash = createHmac('sha256', bytes).update('auth.secret.id').digest('hex')
  return { id: parseKey(text)?.id ?? `unnamed-${hash.slice(0, ID_CHARACTERS)}`, bytes }
}
