import { escapeLiteral } from 'pg'
import { dropTasks, settleRestored } from '@/lib/messaging'
import { postponeErasures } from '@/lib/personal-data'
import { renewIdentity } from '@/lib/platform/database-identity'
import { db, pool } from '@/lib/platform/db'
import { pagesOf } from '@/lib/platform/pages'
import { done, type Result, refuse } from '@/lib/platform/result'
import { endRestoredCodes } from '@/lib/recovery'
import { freezeByCare } from '@/lib/support'
import type { LostChanges } from './lost-changes'
import { makeStatistics } from './statistics'
import { markAll, PAGE, type Step, stepsOf } from './steps'

const ROWS_AT_ONCE = 1_000
const REASON = 'frozen before the database was restored from a backup'

/** `closed_before`: this restore is closed. `future`: the backup is of a later time than now. */
export type CloseRefusal = 'closed_before' | 'future'

export type Closing = {
  takenAt: Date
  now: Date
  /** What the log says about the time since the backup; undefined without a log. */
  lost: LostChanges | undefined
  /** Called for each kind of row with the number of changed rows. */
  tell: (word: string, rows: number) => void
}

/**
 * Closes in a restored database what may have ended since the backup: sessions, known devices, codes
 * in progress and links end; attempts, limits and restrictions go on; unsent messages are not sent;
 * requested erasures get seven more days; saved codes end, and their owners are told; passwords that
 * may be earlier ones open no session. Makes the statistics of the tables. Run before web and worker
 * are started. Each part of a table is a statement that commits by itself, of at most a thousand rows,
 * so a call that was stopped is repeated and continues. Rows that are newer than its first start are
 * left. Refused: `closed_before`, `future`.
 */
export async function closeRestore(closing: Closing): Promise<Result<undefined, CloseRefusal>> {
  const { takenAt, now, lost, tell } = closing
  if (takenAt > now) return refuse('future')
  const { startedAt, finishedAt } = await begin(takenAt, now)
  if (finishedAt) return refuse('closed_before')
  await makeStatistics()
  const cut = literalOf(startedAt)
  for (const step of stepsOf(cut, literalOf(takenAt))) tell(step.word, await run(step))
  tell('messages not sent', await settleRestored(startedAt))
  tell('tasks of the worker dropped', await dropTasks(startedAt))
  const marking = markAll(cut)
  if (lost === undefined) tell(marking.word, await run(marking))
  else await applyLost(lost, startedAt, tell)
  tell('requested erasures with seven more days', await postponeErasures(startedAt))
  tell('saved codes ended', await endRestoredCodes(startedAt))
  await db().keyHolder.deleteMany({})
  await renewIdentity(pool())
  await db().restore.updateMany({ where: { finishedAt: null }, data: { finishedAt: now } })
  return done()
}

/**
 * Records that the database was moved, and that nothing was lost: the dump was made while web and
 * worker were stopped, and they have not run since. Makes the statistics of the tables.
 */
export async function acceptMoved(): Promise<void> {
  await makeStatistics()
  await renewIdentity(pool())
}

/** The names of the web processes and workers that are connected to this database. */
export async function findRunning(): Promise<string[]> {
  const { rows } = await pool().query<{ name: string }>(
    `SELECT DISTINCT application_name AS name FROM pg_stat_activity
     WHERE datname = current_database() AND application_name ~ '^recovery-account (web|worker)' ORDER BY 1`,
  )
  return rows.map(({ name }) => name)
}

/** When the newest session was opened, which shows how old the backup is; null without one. */
export async function newestSession(): Promise<Date | null> {
  const newest = await db().session.findFirst({
    orderBy: { expiresAt: 'desc' },
    select: { createdAt: true },
  })
  return newest?.createdAt ?? null
}

/** A call that continues another one closes the same rows. */
async function begin(takenAt: Date, startedAt: Date) {
  await db().restore.createMany({ data: [{ takenAt, startedAt }], skipDuplicates: true })
  return db().restore.findUniqueOrThrow({ where: { takenAt } })
}

const literalOf = (time: Date) => `${escapeLiteral(time.toISOString())}::timestamptz`

async function run({ table, column, sql }: Step): Promise<number> {
  let rows = 0
  for await (const page of pagesOf(table, ROWS_AT_ONCE, column)) {
    const { rowCount } = await pool().query(sql.replace(PAGE, () => page))
    rows += rowCount ?? 0
  }
  return rows
}

/** With a log, the accounts that it names are enough. */
async function applyLost({ changed, frozen }: LostChanges, cut: Date, tell: Closing['tell']) {
  let marked = 0
  for (let from = 0; from < changed.length; from += ROWS_AT_ONCE) {
    const { count } = await db().user.updateMany({
      where: { id: { in: changed.slice(from, from + ROWS_AT_ONCE) }, erasedAt: null },
      data: { restoredAt: cut },
    })
    marked += count
  }
  tell(markAll('').word, marked)
  let again = 0
  for (const userId of frozen) if (await freezeAgain(userId, cut)) again++
  tell('accounts frozen again', again)
}

/** An account that was opened after the backup is not there. */
async function freezeAgain(userId: string, now: Date) {
  if ((await db().user.count({ where: { id: userId, erasedAt: null } })) === 0) return false
  return (await freezeByCare({ userId, reason: REASON, now })).ok
}
