import { randomUUID } from 'node:crypto'
import { db } from '@/lib/platform/db'
import { type Account, later, NOW } from '../support/accounts'

export const challengeOf =
  (purpose: 'confirm_recovery' | 'authorise_recovery') =>
  async ({ userId }: Account) =>
    (await db().challenge.findFirstOrThrow({ where: { userId, purpose } })).id

export const confirmation = challengeOf('confirm_recovery')

export const eventOf =
  (type: 'recovery_confirmed' | 'recovery_added') =>
  async ({ userId }: Account) =>
    (await db().securityEvent.findFirstOrThrow({ where: { userId, type } })).id

export const messageOf = async ({ userId }: Account) =>
  (await db().message.findFirstOrThrow({ where: { event: { userId } } })).id

export const codeMessageOf = async (account: Account) =>
  (await db().message.findFirstOrThrow({ where: { challengeId: await confirmation(account) } })).id

export const rewardOf = async ({ userId }: Account) =>
  (await db().pointsEntry.findFirstOrThrow({ where: { userId } })).id

export const addressOf = async ({ userId }: Account) =>
  (await db().address.findFirstOrThrow({ where: { userId, role: 'recovery' } })).id

export const userOf = ({ userId }: Account) => userId

export const HASH = `repeat('a', 64)`
export const AT = `'${later(60).toISOString()}'::timestamptz`
export const BEFORE = `'${later(-60).toISOString()}'::timestamptz`

/** A saved code with its event, which has an id of its own. */
export async function writtenSavedCode(account: Account) {
  await writtenEvent('saved_code_made')(account)
  const row = { userId: account.userId, codeHash: 'a'.repeat(64), keyId: 'k1' }
  const { id } = await db().savedCode.create({
    data: { id: randomUUID(), ...row, createdAt: later(60) },
  })
  return id
}

/** A copy of the last entry of the account, with other values. */
export const entry = (values: string) =>
  `insert into "PointsEntry" (id, "userId", amount, reason, "idempotencyKey", "awardedFor", "reversesId", "createdAt") ${values}`

const event = (
  type: string,
) => `insert into "SecurityEvent" (id, "userId", position, type, at, ip, "userAgent", detail, reference)
  select gen_random_uuid(), $1, 100, '${type}', ${AT}, '', '', '{}', substr(md5(random()::text), 1, 8)`

/** The event that the SQL of `event` writes has an id of its own, so it is written first. */
export const writtenEvent =
  (type: string) =>
  async ({ userId }: Account) => {
    const id = randomUUID()
    await db().$executeRawUnsafe(
      event(type).replace('gen_random_uuid()', `'${id}'`).replace('$1', `'${userId}'`),
    )
    return id
  }

/** Takes the reward of the account back. */
export async function writtenReversal(account: Account) {
  const reversesId = await rewardOf(account)
  const { userId } = account
  const data = { id: randomUUID(), userId, amount: -1_000, reversesId, createdAt: NOW }
  const idempotencyKey = `reversal:${reversesId}`
  await db().pointsEntry.create({
    data: { ...data, reason: 'recovery_reward_reversed', idempotencyKey },
  })
  return data.id
}

/** A reward for the second yearly check of an address. */
export async function writtenCheck({ userId }: Account) {
  const data = { id: randomUUID(), userId, amount: 100, createdAt: NOW }
  const idempotencyKey = `recovery_check:${userId}:m:2`
  await db().pointsEntry.create({ data: { ...data, reason: 'recovery_check', idempotencyKey } })
  return data.id
}
