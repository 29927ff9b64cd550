import { hashSecret, isSameHash, newSecret } from '@/lib/platform/crypto'
import type { Prisma, SecurityEvent } from '@/prisma/client/client'

/** What a row of the activity says about a person. It can be erased; its digest stays. */
type Values = Pick<SecurityEvent, 'ip' | 'userAgent' | 'detail'>

type Salts = Pick<SecurityEvent, 'originSalt' | 'detailSalt'>

/** Salted hashes of the values. Without the salt, which is as long as a key, nobody can try values. */
export type Digests = { originDigest: string; detailDigest: string }

/** Makes salts and digests for the values of a row. */
export function makeDigests(values: Values) {
  const [originSalt, detailSalt] = [newSecret(), newSecret()]
  return {
    originSalt,
    detailSalt,
    originDigest: originDigestOf(values, originSalt),
    detailDigest: detailDigestOf(values, detailSalt),
  }
}

/** Whether the values are those of the digests, or were erased with their salts. */
export function matchDigests(row: Values & Salts & Digests): boolean {
  const { ip, userAgent, detail, originSalt, detailSalt, originDigest, detailDigest } = row
  const isOrigin =
    originSalt === null
      ? ip === '' && userAgent === ''
      : isSameHash(originDigestOf(row, originSalt), originDigest)
  const isDetail =
    detailSalt === null
      ? sortedText(detail) === '{}'
      : isSameHash(detailDigestOf(row, detailSalt), detailDigest)
  return isOrigin && isDetail
}

/** A JSON object as text with sorted keys: the database returns them in another order. */
export const sortedText = (detail: Prisma.JsonValue) =>
  JSON.stringify(detail, Object.keys(detail ?? {}).sort())

const originDigestOf = ({ ip, userAgent }: Values, salt: string) =>
  hashSecret(JSON.stringify([salt, ip, userAgent]))

const detailDigestOf = ({ detail }: Values, salt: string) =>
  hashSecret(JSON.stringify([salt, sortedText(detail)]))
