import { db, pool, type Tx } from '@/lib/platform/db'
import { faultOf, readKeyUses } from '@/lib/platform/key-use'
import { type Refused, refuse } from '@/lib/platform/result'
import type { SecurityEvent } from '@/prisma/client/client'
import { type Activity, type ActivityFault, findFault, readActivity } from './chain'

const USERS_AT_ONCE = 500

/**
 * `proven` rows are as they were written, and of `erased` ones among them, IP address and user agent
 * were erased since; `unsealed` rows are older than the hashes and cannot be verified.
 */
export type ActivityProof = {
  proven: number
  erased: number
  unsealed: number
  faults: ActivityFault[]
}

/** Accounts by their ids: from the first one up to the one before the other, both optional. */
export type Accounts = { from?: string; before?: string; stopping?: AbortSignal | undefined }

/**
 * Verifies that no row of an activity was altered, deleted or inserted: of all accounts, or of a part
 * of them. Reads each user's rows in one snapshot. When `stopping` is aborted, it returns what it has found so far.
 */
export async function verifyActivity(now: Date, accounts: Accounts = {}): Promise<ActivityProof> {
  const proof: ActivityProof = { proven: 0, erased: 0, unsealed: 0, faults: [] }
  const lacking = await listLackingKeys()
  for await (const userId of everyUser(accounts)) {
    if (accounts.stopping?.aborted) break
    const read = (tx: Tx) => readActivity(tx, userId)
    const activity = await db().$transaction(read, { isolationLevel: 'RepeatableRead' })
    const { events } = activity
    const fault = findFault(activity, { lacking, now })
    const unsealed = events.filter(({ hash, anchor }) => hash === null && anchor === null).length
    proof.unsealed += unsealed
    proof.erased += events.filter(isOriginErased).length
    if (fault) proof.faults.push(fault)
    else proof.proven += events.length - unsealed
  }
  return proof
}

/** The keys of HASHING_KEYS that rows may need and this process lacks. */
export async function listLackingKeys(): Promise<string[]> {
  return (await readKeyUses(pool()))
    .filter((use) => use.ring === 'HASHING_KEYS' && faultOf(use) !== undefined)
    .map(({ keyId }) => keyId)
}

/**
 * Refuses to change an activity that differs from what was written, `activity_altered`, or of which
 * this process cannot tell, `key_missing`: the difference could no longer be found.
 */
export async function refuseAltered(
  activity: Activity,
  now: Date,
): Promise<Refused<'activity_altered' | 'key_missing'> | undefined> {
  const found = findFault(activity, { lacking: await listLackingKeys(), now })
  return found && refuse(found.fault === 'key_missing' ? 'key_missing' : 'activity_altered')
}

const isOriginErased = ({ originDigest, originSalt }: SecurityEvent) =>
  originDigest !== null && originSalt === null

async function* everyUser({ from, before }: Accounts) {
  for (let after = ''; ; ) {
    const start = after ? { gt: after } : from && { gte: from }
    const users = await db().user.findMany({
      where: { id: { ...start, ...(before && { lt: before }) } },
      orderBy: { id: 'asc' },
      take: USERS_AT_ONCE,
      select: { id: true },
    })
    for (const { id } of users) yield id
    after = users.at(-1)?.id ?? ''
    if (users.length < USERS_AT_ONCE) return
  }
}
