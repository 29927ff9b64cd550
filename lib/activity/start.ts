import { keyedHash, keyedHashes } from '@/lib/platform/crypto'
import type { ActivityStart } from '@/prisma/client/client'

/** The last row that was deleted from the beginning of an activity. */
export type DeletedRow = Omit<ActivityStart, 'proof'>

const START = 'activity.start'

/** The proof of an `ActivityStart`. Without the key, whoever can write the table cannot compute it. */
export const proveStart = (row: DeletedRow) => keyedHash(startText(row), START)

/** Whether the retention wrote this beginning of an activity. */
export const isProven = ({ proof, ...row }: ActivityStart) =>
  keyedHashes(startText(row), START).includes(proof)

const startText = ({ userId, position, hash, at }: DeletedRow) =>
  JSON.stringify([userId, position, hash, at.toISOString()])
