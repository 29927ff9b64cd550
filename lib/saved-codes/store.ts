import { randomUUID } from 'node:crypto'
import { hashingKeyId } from '@/lib/platform/crypto'
import { type AnyTx, columns, runIn, statement } from '@/lib/platform/statement'
import { Prisma } from '@/prisma/client/client'
import type { SavedCodeEnd } from '@/prisma/client/enums'
import type { SavedCodeModel } from '@/prisma/client/models'
import { hashSavedCode, newSavedCode } from './code'

/** A saved code with its text, which nothing stores. */
export type MadeCode = { id: string; code: string }

const SAVED_CODE = columns(Prisma.SavedCodeScalarFieldEnum)

const LIVE = '"usedAt" is null and "endedAt" is null'

/**
 * The code of a user that was neither used nor ended. For the id of nobody the statement is the same.
 */
export async function findLiveCode(tx: AnyTx, userId: string): Promise<SavedCodeModel | undefined> {
  return (await runIn(tx, FIND_LIVE, [userId]))[0]
}

const FIND_LIVE = statement<SavedCodeModel>(
  'find_live_saved_code',
  `select ${SAVED_CODE} from "SavedCode" where "userId" = $1::uuid and ${LIVE}`,
)

/** The newest code of a user, in whatever state. */
export async function findNewestCode(
  tx: AnyTx,
  userId: string,
): Promise<SavedCodeModel | undefined> {
  return (await runIn(tx, FIND_NEWEST, [userId]))[0]
}

const FIND_NEWEST = statement<SavedCodeModel>(
  'find_newest_saved_code',
  `select ${SAVED_CODE} from "SavedCode" where "userId" = $1::uuid
  order by "createdAt" desc, "usedAt" nulls first, "endedAt" nulls first limit 1`,
)

/** The code that a freeze at this time ended, if it was not used since. */
export async function findFrozenCode(
  tx: AnyTx,
  userId: string,
  frozenAt: Date,
): Promise<SavedCodeModel | undefined> {
  return (await runIn(tx, FIND_FROZEN, [userId, frozenAt]))[0]
}

const FIND_FROZEN = statement<SavedCodeModel>(
  'find_frozen_saved_code',
  `select ${SAVED_CODE} from "SavedCode" where "userId" = $1::uuid and "usedAt" is null
    and "endedBy" = 'frozen' and "endedAt" = $2::timestamptz`,
)

/**
 * Makes a code for a user whose live code was ended or used in the same transaction. The caller holds
 * the lock of the user.
 */
export async function addCode(tx: AnyTx, userId: string, now: Date): Promise<MadeCode> {
  const [id, code] = [randomUUID(), newSavedCode()]
  await runIn(tx, ADD, [id, userId, hashSavedCode(userId, code), hashingKeyId(), now])
  return { id, code }
}

const ADD = statement<{ id: string }>(
  'add_saved_code',
  `insert into "SavedCode" (id, "userId", "codeHash", "keyId", "createdAt")
  values ($1::uuid, $2::uuid, $3, $4, $5::timestamptz) returning id`,
)

/** Ends the live code of a user. Returns whether there was one. */
export async function endLiveCode(
  tx: AnyTx,
  { userId, by, now }: { userId: string; by: SavedCodeEnd; now: Date },
): Promise<boolean> {
  return (await runIn(tx, END_LIVE, [userId, now, by])).length === 1
}

const END_LIVE = statement<{ id: string }>(
  'end_live_saved_code',
  `update "SavedCode" set "endedAt" = $2::timestamptz, "endedBy" = $3::"SavedCodeEnd"
  where "userId" = $1::uuid and ${LIVE} returning id`,
)

/** Spends the live code of a user with this hash. False when it was used, ended or replaced before. */
export async function spendLiveCode(
  tx: AnyTx,
  { userId, codeHash, now }: { userId: string; codeHash: string; now: Date },
): Promise<boolean> {
  return (await runIn(tx, SPEND_LIVE, [userId, codeHash, now])).length === 1
}

const SPEND_LIVE = statement<{ id: string }>(
  'spend_live_saved_code',
  `update "SavedCode" set "usedAt" = $3::timestamptz
  where "userId" = $1::uuid and "codeHash" = $2 and ${LIVE} returning id`,
)

/** Spends a code that a freeze has ended. False when it was used before. */
export async function spendFrozenCode(tx: AnyTx, id: string, now: Date): Promise<boolean> {
  return (await runIn(tx, SPEND_FROZEN, [id, now])).length === 1
}

const SPEND_FROZEN = statement<{ id: string }>(
  'spend_frozen_saved_code',
  `update "SavedCode" set "usedAt" = $2::timestamptz
  where id = $1::uuid and "usedAt" is null and "endedBy" = 'frozen' returning id`,
)

/** Marks a live code as shown. False when it was shown before, used or ended, or made before `since`. */
export async function markShown(
  tx: AnyTx,
  { id, since, now }: { id: string; since: Date; now: Date },
): Promise<boolean> {
  return (await runIn(tx, MARK_SHOWN, [id, since, now])).length === 1
}

const MARK_SHOWN = statement<{ id: string }>(
  'mark_saved_code_shown',
  `update "SavedCode" set "shownAt" = $3::timestamptz
  where id = $1::uuid and "shownAt" is null and "createdAt" > $2::timestamptz and ${LIVE} returning id`,
)
