import { keyedHash, keyedHashes } from '@/lib/platform/crypto'
import type { Tx } from '@/lib/platform/db'
import { hashedName } from '@/lib/platform/former-names'
import { type AnyTx, runIn, statement } from '@/lib/platform/statement'
import type { ActivityStart, SecurityEvent } from '@/prisma/client/client'
import { SIGNAL_DAYS, SIGNAL_EVENTS } from './detail'
import { matchDigests, sortedText } from './digests'
import { isProven } from './start'

const DAY_MS = 24 * 60 * 60 * 1_000

/**
 * The first row of an activity that differs from what was written. `cut_off`: rows are missing at
 * its end. `key_missing`: nothing differs, but this process lacks the key that made the hash.
 */
export type ActivityFault = {
  userId: string
  position: number
  fault: 'altered' | 'missing' | 'cut_off' | 'key_missing'
}

/** The end of an activity: the position and the hash of its last row. */
export type ChainEnd = Pick<SecurityEvent, 'position' | 'hash'>

type Row = Omit<SecurityEvent, 'hash' | 'keyId'>

/**
 * The position and hash of the last row of a user's activity. The caller holds the lock of the
 * user.
 */
export async function findEnd(tx: AnyTx, userId: string): Promise<ChainEnd> {
  const [last] = await runIn(tx, FIND_END, [userId])
  return last ?? { position: 0, hash: null }
}

const FIND_END = statement<ChainEnd>(
  'find_activity_end',
  `(select position, hash from "SecurityEvent" where "userId" = $1::uuid order by position desc limit 1)
   union all (select position, hash from "ActivityStart" where "userId" = $1::uuid) limit 1`,
)

/**
 * The hash of a row, over the row and the hash of the one before. Without the key, whoever can
 * write the table cannot compute it. It covers digests, so that the values themselves can be erased.
 */
export const hashRow = (row: Row, previous: string | null) =>
  keyedHash(digestText(row, previous), DIGESTED_ROW)

/** The anchor of a row of an older version, over its digests, its hash and the one before. */
export const anchorRow = ({ hash, ...row }: SecurityEvent, previous: string | null) =>
  keyedHash(anchorText(row, hash, previous), ANCHOR)

/**
 * The hash of the end of an activity. It is stored with the user and reveals rows that are missing
 * at the end.
 */
export const hashEnd = (userId: string, end: ChainEnd) => keyedHash(endText(userId, end), END)

/** The rows of one activity, the hash of its end, and the row that was deleted before the first one. */
export type Activity = {
  id: string
  activityHead: string | null
  activityStart: ActivityStart | null
  events: SecurityEvent[]
}

/** Reads a whole activity. */
export function readActivity(tx: Tx, userId: string): Promise<Activity> {
  return tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      id: true,
      activityHead: true,
      activityStart: true,
      events: { orderBy: { position: 'asc' } },
    },
  })
}

/** The keys that this process lacks (`listLackingKeys`), and the present time. */
export type VerifyingWith = { lacking: readonly string[]; now: Date }

/** The first row of an activity that differs from what was written; undefined when none does. */
export function findFault(
  { id: userId, events, activityHead: head, activityStart: start }: Activity,
  { lacking, now }: VerifyingWith,
): ActivityFault | undefined {
  // Every activity starts with the registration. Without this check, nobody would notice that all
  // rows and the hash of the end were deleted together.
  if (events.length === 0 && !start) return { userId, position: 1, fault: 'missing' }
  let unread = start ? faultOfStart(start, lacking) : undefined
  if (unread?.fault === 'altered') return unread
  // The hash of this row covers its type. A column of the user could be set by whoever alters rows.
  const isErased = events.some(({ type }) => type === 'erased')
  let end: ChainEnd = start ?? { position: 0, hash: null }
  for (const event of events) {
    const { position, hash } = event
    if (position !== end.position + 1)
      return { userId, position: end.position + 1, fault: 'missing' }
    if (!mayLack(event, { isErased, now })) return { userId, position, fault: 'altered' }
    if (!isIntact(event, end.hash)) {
      if (!needsKeyOf(event, lacking)) return { userId, position, fault: 'altered' }
      // A later row under another key still proves this row's hash.
      unread ??= { userId, position, fault: 'key_missing' }
    }
    end = { position, hash }
  }
  if (isEnd(userId, end, head)) return unread
  // The end was hashed with its last row.
  const [last] = events.slice(-1)
  return (last ? needsKeyOf(last, lacking) : lacking.length > 0)
    ? (unread ?? { userId, position: end.position, fault: 'key_missing' })
    : { userId, position: end.position + 1, fault: 'cut_off' }
}

function faultOfStart(start: ActivityStart, lacking: readonly string[]): ActivityFault | undefined {
  if (isProven(start)) return undefined
  const { userId, position } = start
  return { userId, position, fault: lacking.length > 0 ? 'key_missing' : 'altered' }
}

const isEnd = (userId: string, end: ChainEnd, head: string | null) =>
  end.hash === null
    ? head === null
    : keyedHashes(endText(userId, end), END).some((hash) => hash === head)

/**
 * Whether a row that does not verify was written with a key that this process lacks. The key of an
 * anchor is not recorded.
 */
const needsKeyOf = ({ hash, keyId, anchor }: SecurityEvent, lacking: readonly string[]) =>
  hash !== null &&
  (keyId === null || anchor !== null ? lacking.length > 0 : lacking.includes(keyId))

/** A row may lack a hash only before the first row that has one. */
function isIntact({ hash, keyId: _, ...row }: SecurityEvent, previous: string | null) {
  const { originDigest, detailDigest, anchor } = row
  if (originDigest === null || detailDigest === null) return isFormer(row, hash, previous)
  if (!matchDigests({ ...row, originDigest, detailDigest })) return false
  if (anchor === null)
    return hash !== null && keyedHashes(digestText(row, previous), DIGESTED_ROW).includes(hash)
  const isAnchored = keyedHashes(anchorText(row, hash, previous), ANCHOR).includes(anchor)
  const isWhole = row.originSalt !== null && row.detailSalt !== null
  return isAnchored && (!isWhole || isFormer(row, hash, previous))
}

/** Whether the hash of a row of an older version covers its values. */
const isFormer = (row: Row, hash: string | null, previous: string | null) =>
  hash === null ? previous === null : keyedHashes(textOf(row, previous), ROW).includes(hash)

/** No setting erases IP address and user agent of a younger row (`RETENTION_ORIGINS_DAYS`). */
const LEAST_AGE_MS = 30 * DAY_MS

/**
 * Whether the schedule, or the erasure of the account, has erased what a row lacks. Else somebody
 * hides what happened: details are erased with the account alone, and those of an operator's answer.
 */
function mayLack(
  { type, at, originDigest, originSalt, detailDigest, detailSalt }: SecurityEvent,
  { isErased, now }: { isErased: boolean; now: Date },
) {
  if (isErased) return true
  const isDetailErased = detailDigest !== null && detailSalt === null
  const isOriginErased = originDigest !== null && originSalt === null
  const age = now.getTime() - at.getTime()
  const mayLackDetail = SIGNAL_EVENTS.some((one) => one === type) && age >= SIGNAL_DAYS * DAY_MS
  return (!isDetailErased || mayLackDetail) && (!isOriginErased || age >= LEAST_AGE_MS)
}

const ROW = 'activity.row'
const DIGESTED_ROW = 'activity.row.digests'
const ANCHOR = 'activity.anchor'
const END = 'activity.end'

const factsOf = ({ id, userId, position, type, at }: Row) =>
  [id, userId, position, hashedName(type), at.toISOString()] as const

const textOf = (row: Row, previous: string | null) =>
  JSON.stringify([
    previous,
    ...factsOf(row),
    row.ip,
    row.userAgent,
    sortedText(row.detail),
    row.reference,
  ])

const digestText = (row: Row, previous: string | null) =>
  JSON.stringify([previous, ...factsOf(row), row.originDigest, row.detailDigest, row.reference])

const anchorText = (row: Row, hash: string | null, previous: string | null) =>
  JSON.stringify([hash, digestText(row, previous)])

const endText = (userId: string, { position, hash }: ChainEnd) =>
  JSON.stringify([userId, position, hash])
