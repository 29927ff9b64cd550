import { keyedHash, keyedHashes } from '@/lib/platform/crypto'
import { db, type Tx } from '@/lib/platform/db'
import { hashedName } from '@/lib/platform/former-names'
import type { SecurityEvent } from '@/prisma/client/client'

const USERS_AT_ONCE = 500

/**
 * The first row of an activity that differs from what was written. `cut_off`: rows are missing at
 * its end.
 */
export type ActivityFault = {
  userId: string
  position: number
  fault: 'altered' | 'missing' | 'cut_off'
}

/** The end of an activity: the position and the hash of its last row. */
export type ChainEnd = { position: number; hash: string | null }

type Row = Omit<SecurityEvent, 'hash'>

/**
 * The position and hash of the last row of a user's activity. The caller holds the lock of the
 * user.
 */
export async function findEnd(tx: Tx, userId: string): Promise<ChainEnd> {
  const last = await tx.securityEvent.findFirst({
    where: { userId },
    orderBy: { position: 'desc' },
  })
  return last ?? { position: 0, hash: null }
}

/**
 * The hash of a row, over the row and the hash of the one before. Without the key, whoever can
 * write the table cannot make it.
 */
export const hashRow = (row: Row, previous: string | null) => keyedHash(textOf(row, previous), ROW)

/**
 * The hash of the end of an activity. It is stored with the user and reveals rows that are missing
 * at the end.
 */
export const hashEnd = (userId: string, end: ChainEnd) => keyedHash(endText(userId, end), END)

/**
 * `proven` rows are as they were written; `unsealed` rows are older than the hashes and cannot be
 * verified.
 */
export type ActivityProof = { proven: number; unsealed: number; faults: ActivityFault[] }

/**
 * Verifies that no row of any activity was altered, deleted or inserted. Reads each user's rows in
 * one snapshot.
 */
export async function verifyActivity(): Promise<ActivityProof> {
  const proof: ActivityProof = { proven: 0, unsealed: 0, faults: [] }
  for await (const userId of everyUser()) {
    const { events, fault } = await verifyUser(userId)
    const unsealed = events.filter(({ hash }) => hash === null).length
    proof.unsealed += unsealed
    if (fault) proof.faults.push(fault)
    else proof.proven += events.length - unsealed
  }
  return proof
}

async function verifyUser(userId: string) {
  const read = (tx: Tx) =>
    tx.user.findUniqueOrThrow({
      where: { id: userId },
      select: { activityHead: true, events: { orderBy: { position: 'asc' } } },
    })
  const { activityHead, events } = await db().$transaction(read, {
    isolationLevel: 'RepeatableRead',
  })
  return { events, fault: findFault(userId, events, activityHead) }
}

function findFault(
  userId: string,
  events: readonly SecurityEvent[],
  head: string | null,
): ActivityFault | undefined {
  // Every activity starts with the registration. Without this check, nobody would notice that all
  // rows and the hash of the end were deleted together.
  if (events.length === 0) return { userId, position: 1, fault: 'missing' }
  let end: ChainEnd = { position: 0, hash: null }
  for (const event of events) {
    const { position, hash } = event
    if (position !== end.position + 1)
      return { userId, position: end.position + 1, fault: 'missing' }
    if (!isIntact(event, end.hash)) return { userId, position, fault: 'altered' }
    end = { position, hash }
  }
  const isWhole =
    end.hash === null
      ? head === null
      : keyedHashes(endText(userId, end), END).some((hash) => hash === head)
  return isWhole ? undefined : { userId, position: end.position + 1, fault: 'cut_off' }
}

/** A row may lack a hash only before the first row that has one. */
function isIntact({ hash, ...row }: SecurityEvent, previous: string | null) {
  return hash === null ? previous === null : keyedHashes(textOf(row, previous), ROW).includes(hash)
}

async function* everyUser() {
  for (let after = ''; ; ) {
    const users = await db().user.findMany({
      where: after ? { id: { gt: after } } : {},
      orderBy: { id: 'asc' },
      take: USERS_AT_ONCE,
      select: { id: true },
    })
    for (const { id } of users) yield id
    after = users.at(-1)?.id ?? ''
    if (users.length < USERS_AT_ONCE) return
  }
}

const ROW = 'activity.row'
const END = 'activity.end'

function textOf(
  { id, userId, position, type, at, ip, userAgent, detail, reference }: Row,
  previous: string | null,
) {
  // The database returns the keys of a JSON object in another order.
  const sorted = JSON.stringify(detail, Object.keys(detail ?? {}).sort())
  return JSON.stringify([
    previous,
    id,
    userId,
    position,
    hashedName(type),
    at.toISOString(),
    ip,
    userAgent,
    sorted,
    reference,
  ])
}

const endText = (userId: string, { position, hash }: ChainEnd) =>
  JSON.stringify([userId, position, hash])
