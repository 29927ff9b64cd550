import { RESTORED_ATTEMPTS } from '@/lib/challenges'

/**
 * One kind of row that a restored backup brings back, and the statement that closes a part of its
 * table, whose condition replaces `PAGE`. Run again, it changes nothing.
 */
export type Step = { word: string; table: string; column: string; sql: string }

export const PAGE = '{page}'

const { perScope, everyAccount } = RESTORED_ATTEMPTS

const failuresAt = `CASE scope ${Object.entries(perScope)
  .map(([scope, failures]) => `WHEN '${scope}' THEN ${failures}`)
  .join(' ')} ELSE 0 END`

const paths = everyAccount.paths.map((path) => `('${path}')`).join()

/**
 * What is closed: rows from before `cut`, the first start of the command. Attempts come first, so
 * that none has come back if the command is stopped. Both times are literals of SQL.
 */
export const stepsOf = (cut: string, takenAt: string): readonly Step[] => [
  {
    word: 'counts of attempts raised',
    ...{ table: 'FailureCount', column: 'account' },
    sql: `UPDATE "FailureCount" SET failures = ${failuresAt}, "updatedAt" = ${cut}
      WHERE ${PAGE} AND failures < ${failuresAt} AND "updatedAt" <= ${cut}`,
  },
  {
    word: 'counts of attempts added',
    ...{ table: 'User', column: 'id' },
    sql: `INSERT INTO "FailureCount" (account, path, scope, failures, "updatedAt")
      SELECT id::text, path, '${everyAccount.scope}', ${perScope[everyAccount.scope]}, ${cut}
      FROM "User" CROSS JOIN (VALUES ${paths}) AS tried(path)
      WHERE ${PAGE} AND "erasedAt" IS NULL AND "createdAt" <= ${cut}
      ON CONFLICT DO NOTHING`,
  },
  {
    word: 'counters of limits that go on',
    ...{ table: 'RateLimit', column: 'key' },
    sql: `UPDATE "RateLimit" SET expire = ${msOf(cut)} + expire - ${msOf(takenAt)}
      WHERE ${PAGE} AND expire > ${msOf(takenAt)} AND expire <= ${msOf(cut)}`,
  },
  {
    word: 'restrictions that go on',
    ...{ table: 'User', column: 'id' },
    sql: `UPDATE "User" SET "restrictedUntil" = ${cut} + ("restrictedUntil" - ${takenAt})
      WHERE ${PAGE} AND "restrictedUntil" > ${takenAt} AND "restrictedUntil" <= ${cut}`,
  },
  {
    word: 'sessions ended',
    ...{ table: 'Session', column: 'id' },
    sql: closing(cut, 'Session', 'revokedAt', 'createdAt', `AND "expiresAt" > ${cut}`),
  },
  {
    word: 'sessions of staff ended',
    ...{ table: 'StaffSession', column: 'id' },
    sql: closing(cut, 'StaffSession', 'endedAt', 'createdAt', `AND "expiresAt" > ${cut}`),
  },
  {
    word: 'known devices ended',
    ...{ table: 'KnownDevice', column: 'userId' },
    sql: closing(cut, 'KnownDevice', 'revokedAt', 'createdAt'),
  },
  {
    word: 'codes closed',
    ...{ table: 'Challenge', column: 'id' },
    sql: closing(
      cut,
      'Challenge',
      'closedAt',
      'codeSentAt',
      `AND "spentAt" IS NULL AND "expiresAt" > ${cut}`,
    ),
  },
  {
    word: 'links that freeze closed',
    ...{ table: 'SecureLink', column: 'tokenHash' },
    sql: closing(cut, 'SecureLink', 'usedAt', 'createdAt', `AND "expiresAt" > ${cut}`),
  },
  {
    word: 'begun unfreezes closed',
    ...{ table: 'UnfreezeFlow', column: 'secretHash' },
    sql: closing(cut, 'UnfreezeFlow', 'closedAt', 'startedAt', `AND "expiresAt" > ${cut}`),
  },
  {
    // A veto, an unfreeze by its owner or a decision of staff may have been lost.
    word: 'actions of customer care withdrawn',
    ...{ table: 'CaseAction', column: 'id' },
    sql: `UPDATE "CaseAction" SET "endedAt" = ${cut}, outcome = 'withdrawn'
      WHERE ${PAGE} AND "endedAt" IS NULL AND "requestedAt" <= ${cut}`,
  },
  {
    word: 'words of callers ended',
    ...{ table: 'CallerWord', column: 'id' },
    sql: `UPDATE "CallerWord" SET "expiresAt" = ${cut}
      WHERE ${PAGE} AND "passedAt" IS NULL AND "createdAt" <= ${cut} AND "expiresAt" > ${cut}`,
  },
  {
    // It may have opened the account since, which the backup does not tell.
    word: 'saved codes that no longer prove anything',
    ...{ table: 'SavedCode', column: 'id' },
    sql: `UPDATE "SavedCode" SET "endedBy" = 'restored'
      WHERE ${PAGE} AND "endedBy" = 'frozen' AND "usedAt" IS NULL AND "endedAt" <= ${cut}`,
  },
  {
    // A veto may have been lost.
    word: 'new passwords that waited dropped',
    ...{ table: 'HeldPassword', column: 'id' },
    sql: `UPDATE "HeldPassword" SET "endedAt" = ${cut}, "endedBy" = 'restored', "passwordHash" = NULL
      WHERE ${PAGE} AND "endedAt" IS NULL AND "heldAt" <= ${cut}`,
  },
  {
    word: 'links that begin a reset deleted',
    ...{ table: 'ResetLink', column: 'addressId' },
    sql: `DELETE FROM "ResetLink" WHERE ${PAGE}`,
  },
]

/** Every account whose password may have been replaced after the backup. */
export const markAll = (cut: string): Step => ({
  word: 'accounts that need a code at their next log-in',
  ...{ table: 'User', column: 'id' },
  sql: `UPDATE "User" SET "restoredAt" = ${cut}
    WHERE ${PAGE} AND "erasedAt" IS NULL AND "createdAt" <= ${cut} AND "restoredAt" IS DISTINCT FROM ${cut}`,
})

/** Rows that begin later belong to customers who are back. */
function closing(cut: string, table: string, ended: string, began: string, further = '') {
  return `UPDATE "${table}" SET "${ended}" = ${cut}
    WHERE ${PAGE} AND "${ended}" IS NULL AND "${began}" <= ${cut} ${further}`
}

/** A time in milliseconds, in which the limiter counts. */
function msOf(time: string) {
  return `floor(extract(epoch FROM ${time}) * 1000)::bigint`
}
