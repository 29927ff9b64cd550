import { listLackingKeys } from '@/lib/activity'
import { db, type Tx } from '@/lib/platform/db'
import type { StaffEvent } from '@/prisma/client/client'
import { type ChainEnd, isAtEnd, isHeadIntact, isIntact, type StaffLogFault } from './chain'

const ROWS_AT_ONCE = 1_000

/** `proven`: rows that are as they were written, up to the first fault. */
export type StaffLogProof = { proven: number; fault: StaffLogFault | undefined }

/** How far the rows were read: the last one, its key, and the first one whose key is missing. */
type Progress = {
  end: ChainEnd
  keyId: string
  lacking: readonly string[]
  unread: StaffLogFault | undefined
}

/**
 * Verifies that no row of the log of staff was altered, deleted or inserted, in one snapshot.
 * Returns the first fault, after which the hashes prove nothing. A row whose key this process lacks
 * is `key_missing` unless another fault follows.
 */
export async function verifyStaffLog(): Promise<StaffLogProof> {
  const lacking = await listLackingKeys()
  return db().$transaction((tx) => verifyIn(tx, lacking), {
    isolationLevel: 'RepeatableRead',
    timeout: LONGEST_MS,
  })
}

const LONGEST_MS = 10 * 60_000

async function verifyIn(tx: Tx, lacking: readonly string[]): Promise<StaffLogProof> {
  const end = { position: 0, hash: '' }
  const progress: Progress = { end, keyId: '', lacking, unread: undefined }
  const fault = (await findBroken(tx, progress)) ?? (await findMissingEnd(tx, progress))
  const found = fault ?? progress.unread
  return { proven: found ? found.position - 1 : progress.end.position, fault: found }
}

async function findBroken(tx: Tx, progress: Progress): Promise<StaffLogFault | undefined> {
  for (;;) {
    const rows = await tx.staffEvent.findMany({
      where: { position: { gt: progress.end.position } },
      orderBy: { position: 'asc' },
      take: ROWS_AT_ONCE,
    })
    for (const row of rows) {
      const fault = judgeRow(row, progress)
      if (fault?.fault === 'key_missing') progress.unread ??= fault
      else if (fault) return fault
      progress.end = { position: row.position, hash: row.hash }
      progress.keyId = row.keyId
    }
    if (rows.length < ROWS_AT_ONCE) return undefined
  }
}

function judgeRow(row: StaffEvent, { end, lacking }: Progress): StaffLogFault | undefined {
  const { position, keyId } = row
  if (position !== end.position + 1) return { position: end.position + 1, fault: 'missing' }
  if (isIntact(row, end.hash)) return undefined
  // A later row under another key still proves this row's hash.
  return { position, fault: lacking.includes(keyId) ? 'key_missing' : 'altered' }
}

/**
 * Everybody on staff was invited, which is a row. Without this check, nobody would notice that all
 * rows and the end were deleted together. The end was hashed with the key of the last row.
 */
async function findMissingEnd(tx: Tx, progress: Progress): Promise<StaffLogFault | undefined> {
  const { end, keyId, lacking } = progress
  const log = await tx.staffLog.findUnique({ where: { id: 1 } })
  if (log === null && end.position === 0)
    return (await tx.staff.count()) > 0 ? { position: 1, fault: 'missing' } : undefined
  const isWhole = log !== null && isAtEnd(end, log)
  if (isWhole && (isHeadIntact(log) || lacking.includes(keyId))) return undefined
  return { position: end.position + 1, fault: 'cut_off' }
}
