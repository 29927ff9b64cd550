import { randomUUID } from 'node:crypto'
import { phoneChannelOf, sendMessages } from '@/lib/messaging'
import { hashingKeyId, type KeyedHashes } from '@/lib/platform/crypto'
import { type AnyTx, columns, sendIn, statement } from '@/lib/platform/statement'
import { Prisma } from '@/prisma/client/client'
import type { SavedCodeModel } from '@/prisma/client/models'
import type { AttemptPath, AttemptScope } from './attempts'
import { hashCode, hashOfNoCode, newCode } from './code'
import { logCode } from './code-lines'
import { type CodeRequest, codeMessages } from './code-messages'
import { challengeExpiry, codeExpiry } from './expiry'
import { sealPayload, sealRecipients } from './store'

export type ChallengeRequest = CodeRequest & {
  /** The account of the challenge; null for a registration and for a decoy. */
  userId: string | null
  /**
   * The blind indexes of the submitted address. Limits and attempt counters use the first one; an
   * earlier challenge may have another one, from before a rotation of keys.
   */
  rateLimitKeys: KeyedHashes
  payload?: string
  addressId?: string
  /** What is tried, and where wrong answers of a stranger are counted. */
  attempts?: { path: AttemptPath; scope: AttemptScope }
  /**
   * The saved code that is asked for, in place of a code that is sent; null for a decoy. Then there is
   * no message.
   */
  saved?: Pick<SavedCodeModel, 'codeHash' | 'keyId'> | null
  /** The secret of the challenge that this browser began before: its codes are now older ones. */
  earlierSecret?: string | undefined
}

/** Writes a challenge and the messages with its code, by the same statements for a decoy. */
export async function insertChallenge(
  tx: AnyTx,
  request: ChallengeRequest,
  secretHash: string | null,
  supersededHashes: readonly string[],
): Promise<void> {
  const { recipients, saved, now } = request
  const [id, code] = [randomUUID(), newCode()]
  const row = { ...rowOf(request, id, code), secretHash, supersededHashes }
  const isSent = saved === undefined
  // Both are sent at once. In a transaction of Prisma, one waits for the other.
  await Promise.all([
    sendIn(tx, INSERT_CHALLENGE, [JSON.stringify(row)]),
    isSent && sendMessages(tx, codeMessages(request, id, code), now),
  ])
  if (isSent) logCode({ ...request, rateLimitKey: row.rateLimitKey }, recipients)
}

function rowOf(request: ChallengeRequest, id: string, code: string) {
  const { purpose, userId, recipients, addressId, attempts, saved, locale, now } = request
  const [rateLimitKey] = request.rateLimitKeys
  return {
    id,
    purpose,
    userId,
    rateLimitKey,
    addressId: addressId ?? null,
    sealedRecipients: sealRecipients(recipients),
    sealedPayload: sealPayload(request.payload),
    path: attempts?.path ?? null,
    scope: attempts?.scope.kind ?? null,
    scopeId: attempts && 'id' in attempts.scope ? attempts.scope.id : null,
    attempts: 0,
    locale,
    phoneChannel: phoneChannelOf(request.phoneChannel),
    codeHash: saved?.codeHash ?? (recipients.length > 0 ? hashCode(id, code) : hashOfNoCode(id)),
    keyId: saved?.keyId ?? hashingKeyId(),
    codeSentAt: now,
    codeExpiresAt: codeExpiry(now),
    expiresAt: challengeExpiry(now),
  }
}

const { createdAt: _, ...written } = Prisma.ChallengeScalarFieldEnum
const WRITTEN = columns(written)

const INSERT_CHALLENGE = statement(
  'insert_challenge',
  `insert into "Challenge" (${WRITTEN}) select ${WRITTEN} from jsonb_populate_record(null::"Challenge", $1::jsonb)`,
)
