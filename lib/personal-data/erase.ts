import { reanchorActivity, recordEvent } from '@/lib/activity'
import { listAddresses } from '@/lib/addresses'
import { lockUser, type Tx } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { done, type Result, refuse } from '@/lib/platform/result'
import { recordEnded } from '@/lib/recovery'
import { eraseCases } from '@/lib/support'
import { indexesOf } from './counted-as'
import { messagesOf } from './messages'

/** What an erased account is called, and a hash that no password has. */
const NOBODY = { name: '–', passwordHash: '$argon2id$erased' } as const

/**
 * Why a person is not erased: whose account it is must be settled first, or somebody altered its
 * activity, which would lose its traces.
 */
export type EraseRefusal =
  | 'already_erased'
  | 'account_frozen'
  | 'account_restricted'
  | 'activity_altered'
  | 'key_missing'

export type Erasure = { userId: string; origin: Origin; now: Date; reason?: string }

/**
 * Erases a person, in the caller's transaction: name, password, addresses, sessions, devices, codes,
 * saved codes, held passwords, links, counts, words that it read out, what strangers began with its
 * addresses, the recipients and bodies of messages, and IP address, user agent and detail of every row
 * of the activity. What stays says nothing about a person: the id of the account, the times and kinds
 * of its events, so that the chain of the activity verifies, and the ledger of points with the keyed
 * hash of each rewarded address, so that it is rewarded once. Every address gets a last notification.
 * Refused as `EraseRefusal` says; the caller must then roll back.
 */
export async function erasePerson(
  tx: Tx,
  { userId, origin, now, reason }: Erasure,
): Promise<Result<undefined, EraseRefusal>> {
  const refusal = await findObstacle(tx, userId, now)
  if (refusal) return refusal
  const anchored = await reanchorActivity(tx, userId, now)
  if (!anchored.ok) return anchored
  const tell = await listAddresses(tx, userId)
  await eraseMessages(tx, userId)
  await recordEvent(tx, { userId, type: 'erased', origin, now, reason, notify: [], tell })
  await deleteTraces(tx, userId)
  const ended = await eraseCases(tx, userId, now)
  await deleteAddresses(tx, userId, now)
  await tx.securityEvent.updateMany({
    where: { userId },
    data: { ip: '', userAgent: '', originSalt: null, detail: {}, detailSalt: null },
  })
  await tx.user.update({
    where: { id: userId },
    data: {
      ...NOBODY,
      passwordVersion: { increment: 1 },
      eraseAt: null,
      erasedAt: now,
      restrictedUntil: null,
      restrictedBy: [],
      popupSnoozedUntil: null,
    },
  })
  await recordEnded(tx, ended, { userId, because: 'erased', now })
  return done()
}

async function findObstacle(tx: Tx, userId: string, now: Date) {
  await lockUser(tx, userId)
  const user = await tx.user.findUniqueOrThrow({ where: { id: userId } })
  if (user.erasedAt) return refuse('already_erased')
  if (user.frozenAt) return refuse('account_frozen')
  const isRestricted = user.restrictedUntil !== null && user.restrictedUntil > now
  return isRestricted ? refuse('account_restricted') : undefined
}

/** A message that was not sent yet has no recipient any more, and the worker settles it unsent. */
async function eraseMessages(tx: Tx, userId: string) {
  await tx.message.updateMany({
    where: messagesOf(userId),
    data: { sealedTo: null, sealedBody: null, fallbackAt: null },
  })
}

async function deleteTraces(tx: Tx, userId: string) {
  await tx.secureLink.deleteMany({ where: { event: { userId } } })
  await tx.resetLink.deleteMany({ where: { userId } })
  await tx.unfreezeFlow.deleteMany({ where: { userId } })
  await tx.session.deleteMany({ where: { userId } })
  await tx.knownDevice.deleteMany({ where: { userId } })
  await tx.holdLink.deleteMany({ where: { held: { userId } } })
  await tx.heldPassword.deleteMany({ where: { userId } })
  await tx.challenge.deleteMany({ where: { userId } })
  await tx.savedCode.deleteMany({ where: { userId } })
  await tx.failureCount.deleteMany({ where: { account: userId } })
}

async function deleteAddresses(tx: Tx, userId: string, now: Date) {
  const indexes = await indexesOf(tx, userId)
  await tx.failureCount.deleteMany({ where: { account: { in: indexes } } })
  await tx.newNumberSend.deleteMany({ where: { recipient: { in: indexes } } })
  await tx.inboxMessage.deleteMany({ where: { blindIndex: { in: indexes } } })
  await deleteNamed(tx, indexes)
  // The database refuses to delete a live address.
  await tx.address.updateMany({ where: { userId, removedAt: null }, data: { removedAt: now } })
  await tx.address.deleteMany({ where: { userId } })
}

/**
 * Registrations and decoys that name an address, which anybody may have typed. Their messages have its
 * number. A registration that is under way begins again.
 */
async function deleteNamed(tx: Tx, indexes: string[]) {
  const named = { rateLimitKey: { in: indexes }, userId: null }
  await tx.message.updateMany({
    where: { challenge: named },
    data: { sealedTo: null, sealedBody: null, fallbackAt: null },
  })
  await tx.challenge.deleteMany({ where: named })
}
