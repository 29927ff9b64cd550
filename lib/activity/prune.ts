import type { Tx } from '@/lib/platform/db'
import { done, type Result } from '@/lib/platform/result'
import { readActivity } from './chain'
import { proveStart } from './start'
import { refuseAltered } from './verify'

/**
 * Deletes the rows of an activity up to the last one that is not younger than `horizon`, and returns
 * how many. Position and hash of the last deleted row stay, with a keyed hash, so that what follows
 * still verifies. A row that a link of a notice refers to stays, with those after it. The caller holds
 * the lock of the user. Refused as by `refuseAltered`; such an activity stays as it is.
 */
export async function pruneActivity(
  tx: Tx,
  userId: string,
  horizon: Date,
  now: Date,
): Promise<Result<number, 'activity_altered' | 'key_missing'>> {
  const activity = await readActivity(tx, userId)
  const kept = await findLinked(tx, userId)
  const isYoung = ({ at, position }: { at: Date; position: number }) =>
    at > horizon || position === kept
  const young = activity.events.findIndex(isYoung)
  const old = young < 0 ? activity.events : activity.events.slice(0, young)
  const last = old.at(-1)
  if (!last) return done(0)
  const refusal = await refuseAltered(activity, now)
  if (refusal) return refusal
  const row = { userId, position: last.position, hash: last.hash, at: last.at }
  const start = { ...row, proof: proveStart(row) }
  await tx.activityStart.upsert({ where: { userId }, create: start, update: start })
  await tx.securityEvent.deleteMany({ where: { userId, position: { lte: row.position } } })
  return done(old.length)
}

/** The position of the first row that a link refers to. */
async function findLinked(tx: Tx, userId: string) {
  const linked = await tx.securityEvent.findFirst({
    where: { userId, secureLinks: { some: {} } },
    orderBy: { position: 'asc' },
    select: { position: true },
  })
  return linked?.position
}
