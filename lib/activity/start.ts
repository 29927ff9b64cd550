import { keyedHash, keyedHashes } from '@/lib/platform/crypto'
import type { ActivityStart } from '@/prisma/client/client'

/** The last row that was deleted from the beginning of an activity. */
export type DeletedRow = Omit<ActivityStart, 'proof'>

const START = 'activity.start'

/** Computes the `proof` of an `ActivityStart`: a keyed hash of its other columns. */
export const proveStart = (row: DeletedRow) => keyedHash(startText(row), START)

/** Whether the proof fits the row: a process with the key wrote it. */
export const isProven = ({ proof, ...row }: ActivityStart) =>
  keyedHashes(startText(row), START).includes(proof)

const startText = ({ userId, position, hash, at }: DeletedRow) =>
  JSON.stringify([userId, position, hash, at.toISOString()])
