import { canonicalJson } from '@/lib/platform/canonical-json'
import { keyedHash, keyedHashes } from '@/lib/platform/crypto'
import type { StaffEvent, StaffLog } from '@/prisma/client/client'

/** The end of the log: the position and the hash of its last row; 0 and empty without rows. */
export type ChainEnd = Pick<StaffLog, 'position' | 'hash'>

/**
 * The first row of the log that differs from what was written. `cut_off`: rows are missing at its
 * end. `key_missing`: nothing differs, but this process lacks the key that made the hash.
 */
export type StaffLogFault = {
  position: number
  fault: 'altered' | 'missing' | 'cut_off' | 'key_missing'
}

type Row = Omit<StaffEvent, 'hash' | 'keyId' | 'detail'> & { detail: unknown }

/**
 * The hash of a row, over the row and the hash of the one before. Without the key, whoever can
 * write the table cannot compute it.
 */
export const hashRow = (row: Row, previous: string): string => keyedHash(textOf(row, previous), ROW)

/** The hash of the end of the log, which reveals rows that are missing there. */
export const hashHead = (end: ChainEnd): string => keyedHash(endText(end), HEAD)

/** Whether a stored row is as it was written, under any key that this process has. */
export const isIntact = ({ hash, keyId: _, ...row }: StaffEvent, previous: string): boolean =>
  keyedHashes(textOf(row, previous), ROW).includes(hash)

/** Whether the stored end of the log is its last row. */
export const isAtEnd = (end: ChainEnd, log: StaffLog): boolean =>
  log.position === end.position && log.hash === end.hash

/** Whether the hash of the stored end was made with a key that this process has. */
export const isHeadIntact = ({ head, ...end }: StaffLog): boolean =>
  keyedHashes(endText(end), HEAD).includes(head)

const ROW = 'staff.row'
const HEAD = 'staff.head'

/** The database returns the keys of `detail` in another order. */
const textOf = ({ position, type, at, staffId, caseId, userId, detail }: Row, previous: string) =>
  JSON.stringify([
    previous,
    position,
    type,
    at.toISOString(),
    staffId,
    caseId,
    userId,
    canonicalJson(JSON.parse(JSON.stringify(detail))),
  ])

const endText = ({ position, hash }: ChainEnd) => JSON.stringify([position, hash])
