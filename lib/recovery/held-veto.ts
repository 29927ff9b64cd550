import { type Caller, refuseWrongPassword } from '@/lib/accounts'
import { recordEvent } from '@/lib/activity'
import { type AnyAddress, listAddresses, toHeld } from '@/lib/addresses'
import { hashSecret } from '@/lib/platform/crypto'
import { db, lockUser, type Tx, transaction } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { done, type Result, refuse } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'
import { endOne, type Held, listIndependent } from './held-password'

/**
 * What the page of a link that stops a held password shows. `open`: it stops the one that waits now, also
 * a later one than that of its notification. `released`: the password has taken effect. `over`: something
 * else than a veto has ended it. `isFrozen`: whether the account is frozen now.
 */
export type HoldLink = {
  state: 'open' | 'stopped' | 'released' | 'over'
  dueAt: Date
  isFrozen: boolean
}

const WITH_HELD = {
  held: { include: { user: { select: { frozenAt: true } } } },
  address: true,
} as const

/** Finds a link by its token; null for an unknown one. Reading changes nothing. */
export async function findHoldLink(token: string): Promise<HoldLink | null> {
  const link = await readLink(db(), token)
  if (!link) return null
  const { held } = link
  const open = await findStoppable(db(), link)
  const isFrozen = held.user.frozenAt !== null
  if (open) return { state: 'open', dueAt: open.dueAt, isFrozen }
  return { state: stateOf(held), dueAt: held.dueAt, isFrozen }
}

/**
 * Stops a held password for the holder of the link of one notification, without login or limit: the
 * present password stays. The event and its notices commit with it. Of a veto and the worker at the same
 * moment, one wins. Refused: `link_unknown`; `link_closed` when it was stopped before; `link_expired`
 * when it took effect or has ended.
 */
export async function vetoHeld(
  token: string,
  origin: Origin,
  now: Date,
): Promise<Result<undefined, 'link_unknown' | 'link_closed' | 'link_expired'>> {
  const seen = await readLink(db(), token)
  if (!seen) return refuseVeto('link_unknown', null)
  const { userId } = seen.held
  return transaction(async (tx) => {
    await lockUser(tx, userId)
    const link = await readLink(tx, token)
    if (!link) return refuseVeto('link_unknown', userId)
    const open = await findStoppable(tx, link)
    if (!open) {
      const isStopped = stateOf(link.held) === 'stopped'
      return refuseVeto(isStopped ? 'link_closed' : 'link_expired', userId)
    }
    await tx.holdLink.update({ where: { tokenHash: link.tokenHash }, data: { usedAt: now } })
    await stop(tx, open, { origin, now, about: toHeld(link.address).address })
    return done()
  })
}

/**
 * Stops a held password for a signed-in customer who knows the present one: a stolen session alone must
 * not stop the reset of its owner. Does nothing when none waits. Refused: `password_wrong`,
 * `password_throttled` with seconds.
 */
export async function vetoOwnHeld(
  { userId, origin, now }: Caller,
  password: string,
): Promise<Result<undefined, 'password_wrong' | 'password_throttled'>> {
  const user = await db().user.findUniqueOrThrow({ where: { id: userId } })
  const refusal = await refuseWrongPassword(user, password, origin, now)
  if (refusal) return refusal
  return transaction(async (tx) => {
    await lockUser(tx, userId)
    const held = await findOpen(tx, userId)
    if (held) await stop(tx, held, { origin, now })
    return done()
  })
}

type Stop = { origin: Origin; now: Date; about?: AnyAddress }

async function stop(tx: Tx, held: Held, { origin, now, about }: Stop) {
  const { id, userId, challenge } = held
  if (!(await endOne(tx, id, 'vetoed', now)))
    throw new Error('a held password ended under the lock')
  const notify = listIndependent(await listAddresses(tx, userId), challenge)
  await recordEvent(tx, { userId, type: 'password_vetoed', origin, now, notify, about })
}

function readLink(tx: Tx, token: string) {
  const where = { tokenHash: hashSecret(token) }
  return tx.holdLink.findUnique({ where, include: WITH_HELD })
}

type Link = NonNullable<Awaited<ReturnType<typeof readLink>>>

/** The password of the account that waits, if the address of a link may stop it. */
async function findStoppable(tx: Tx, { held, address }: Link): Promise<Held | undefined> {
  const open = await findOpen(tx, held.userId)
  if (!open || address.removedAt) return undefined
  return listIndependent([toHeld(address)], open.challenge).length > 0 ? open : undefined
}

const findOpen = (tx: Tx, userId: string): Promise<Held | null> =>
  tx.heldPassword.findFirst({ where: { userId, endedAt: null }, include: { challenge: true } })

function stateOf({ endedBy }: Pick<Held, 'endedBy'>) {
  if (endedBy === 'vetoed') return 'stopped'
  return endedBy === 'released' ? 'released' : 'over'
}

function refuseVeto<const Word extends string>(word: Word, userId: string | null) {
  const event = word === 'link_unknown' ? 'authz_fail' : 'authn_token_reuse'
  logSecurity(event, { userId, subject: 'veto_link', reason: word })
  return refuse(word)
}
