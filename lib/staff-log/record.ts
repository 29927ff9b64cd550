import { hashingKeyId } from '@/lib/platform/crypto'
import type { Tx } from '@/lib/platform/db'
import { runIn, statement } from '@/lib/platform/statement'
import type { Prisma } from '@/prisma/client/client'
import type { StaffEventType } from '@/prisma/client/enums'
import { type ChainEnd, hashHead, hashRow } from './chain'

/**
 * An act of staff, of a customer in a case or of the command line. `detail`: words, ids, masks,
 * reasons and ticket numbers; never a full address, a word that was read out, or a code.
 */
export type NewStaffEvent = {
  type: StaffEventType
  /** Null for an act of the command line or of a customer. */
  staffId: string | null
  caseId?: string
  userId?: string
  detail?: Prisma.InputJsonObject
  now: Date
}

/**
 * Appends a row to the log of staff, chained to the one before, in the transaction of its cause. It
 * locks the end of the log until the commit, so that positions follow the order of commits and the
 * chain never forks. Take every other lock of the transaction first: two transactions of which one
 * waits for the log, and the other for an account, would deadlock. Returns the position of the row.
 */
export async function recordStaffEvent(tx: Tx, event: NewStaffEvent): Promise<number> {
  const { type, staffId, caseId = null, userId = null, detail = {}, now: at } = event
  const end = await lockEnd(tx)
  const position = end.position + 1
  const row = { position, type, at, staffId, caseId, userId, detail }
  const hash = hashRow(row, end.hash)
  await tx.staffEvent.create({ data: { ...row, hash, keyId: hashingKeyId() } })
  const head = hashHead({ position, hash })
  await tx.staffLog.update({ where: { id: 1 }, data: { position, hash, head } })
  return position
}

/**
 * The update locks the row, which the first writer inserts. One that waited sees what was committed
 * meanwhile.
 */
const LOCK_END = statement<ChainEnd>(
  'lock_staff_log',
  `insert into "StaffLog" (id, position, hash, head) values (1, 0, '', '')
  on conflict (id) do update set id = excluded.id returning position, hash`,
)

async function lockEnd(tx: Tx): Promise<ChainEnd> {
  const [end] = await runIn(tx, LOCK_END, [])
  if (!end) throw new Error('the log of staff has no end')
  return end
}
