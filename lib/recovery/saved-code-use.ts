import { recordEvent } from '@/lib/activity'
import { listAddresses } from '@/lib/addresses'
import { db, lockUser, transaction } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import type { AnyTx } from '@/lib/platform/statement'
import { addCode, endLiveCode, type MadeCode, spendLiveCode } from '@/lib/saved-codes'

const ROWS_AT_ONCE = 100

type Act = { userId: string; origin: Origin; now: Date }

/**
 * Ends the saved code in the transaction of a reset, whose caller holds the lock of the user and has
 * seen that the code is live. The code that passed the reset is spent and replaced, and the new one is
 * returned; after a reset by another way it ends. Event and notifications commit with it.
 */
export async function settleSavedCode(
  tx: AnyTx,
  act: Act,
  spent: { codeHash: string } | undefined,
): Promise<MadeCode | undefined> {
  const { userId, origin, now } = act
  if (!spent) {
    await endLiveCode(tx, { userId, by: 'reset', now })
    const notify = await listAddresses(tx, userId)
    await recordEvent(tx, { userId, type: 'saved_code_ended', origin, now, notify })
    return undefined
  }
  if (!(await spendLiveCode(tx, { userId, codeHash: spent.codeHash, now })))
    throw new Error('a saved code changed under the lock of its user')
  return replaceUsed(tx, act)
}

/**
 * Replaces a saved code that was spent in the same transaction (NIST SP 800-63B-4 4.2.1.1). One event,
 * and one notification to each address, tells of both.
 */
export async function replaceUsed(tx: AnyTx, { userId, origin, now }: Act): Promise<MadeCode> {
  const made = await addCode(tx, userId, now)
  const notify = await listAddresses(tx, userId)
  await recordEvent(tx, { userId, type: 'saved_code_used', origin, now, notify })
  return made
}

/**
 * Ends the saved codes of a restored backup and tells every address of their owners: some may have been
 * used after the backup. Each account is a transaction; run again, it goes on with the others. Returns
 * how many.
 */
export async function endRestoredCodes(from: Date): Promise<number> {
  const where = { usedAt: null, endedAt: null, createdAt: { lte: from } }
  let ended = 0
  for (;;) {
    const rows = await db().savedCode.findMany({ where, take: ROWS_AT_ONCE })
    for (const { userId } of rows) if (await endRestored(userId, from)) ended++
    if (rows.length < ROWS_AT_ONCE) return ended
  }
}

function endRestored(userId: string, now: Date): Promise<boolean> {
  return transaction(async (tx) => {
    await lockUser(tx, userId)
    if (!(await endLiveCode(tx, { userId, by: 'restored', now }))) return false
    const notify = await listAddresses(tx, userId)
    const origin = { ip: 'operator', userAgent: '' }
    await recordEvent(tx, { userId, type: 'saved_code_ended', origin, now, notify })
    return true
  })
}

/**
 * Ends the saved code in the transaction that freezes an account. The activity tells it, and no
 * notification: the paper is still a proof for the unfreeze, and must not be thrown away.
 */
export async function endByFreeze(tx: AnyTx, { userId, origin, now }: Act): Promise<void> {
  if (!(await endLiveCode(tx, { userId, by: 'frozen', now }))) return
  await recordEvent(tx, { userId, type: 'saved_code_ended', origin, now, notify: [] })
}
