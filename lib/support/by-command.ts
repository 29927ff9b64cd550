import { hashPassword } from '@/lib/accounts'
import { newSecret } from '@/lib/platform/crypto'
import { type Tx, transaction, transactionUnlessRefused } from '@/lib/platform/db'
import type { Result } from '@/lib/platform/result'
import type { SlotName } from '@/lib/recovery'
import { recordStaffEvent } from '@/lib/staff-log'
import type { CaseActionType } from '@/prisma/client/enums'
import { type CareAct, type CareRefusal, freezeIn, restoreIn, unfreezeIn } from './effects'

/** Who decided on an act of the command line: two people, but for a freeze. */
type ByNames = CareAct & { by?: string | undefined; with?: string | undefined }

/**
 * Freezes an account for a customer who has no link at hand. The event, its notices and the row of the
 * log of staff commit with it. Refused: `already_frozen`.
 */
export async function freezeByCare(act: ByNames): Promise<Result<undefined, CareRefusal>> {
  return transactionUnlessRefused(async (tx) => {
    const outcome = await freezeIn(tx, act)
    if (outcome.ok) await recordCommand(tx, 'freeze', act)
    return outcome
  })
}

/**
 * Unfreezes an account for a customer who cannot verify two undisputed addresses, and undoes the
 * named slots. The password is replaced by one that nobody knows, and the owner sets a new one by a
 * reset: staff neither choose nor see it (ASVS 6.4.6). Events, notices and the row of the log of staff
 * commit with it. Refused: `not_frozen`, `not_disputed`, the reasons of an undo.
 */
export async function unfreezeByCare(
  act: ByNames,
  undo: readonly SlotName[],
): Promise<Result<undefined, CareRefusal>> {
  const passwordHash = await hashPassword(newSecret())
  return transactionUnlessRefused(async (tx) => {
    const outcome = await unfreezeIn(tx, act, { undo, passwordHash })
    if (outcome.ok) await recordCommand(tx, 'unfreeze', act)
    return outcome
  })
}

/**
 * Gives an account the attempts of every path back. Codes are asked for as before. The event, its
 * notices and the row of the log of staff commit with it.
 */
export async function restoreAttemptsByCare(act: ByNames): Promise<void> {
  await transaction(async (tx) => {
    await restoreIn(tx, act)
    await recordCommand(tx, 'restore_attempts', act)
  })
}

/** The reason is in the event of the account, where an erasure deletes it. */
const recordCommand = (tx: Tx, type: CaseActionType, { userId, by, with: other, now }: ByNames) =>
  recordStaffEvent(tx, {
    type: 'carried_out',
    staffId: null,
    userId,
    detail: { type, from: 'command', ...(by && { by }), ...(other && { with: other }) },
    now,
  })
