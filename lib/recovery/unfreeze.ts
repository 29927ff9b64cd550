import { type AnyAddress, blindIndexesOf, listAddresses, primaryPhoneOf } from '@/lib/addresses'
import {
  type CodeRefusal,
  findChallenge,
  issueToFlow,
  limitSends,
  passChallenge,
} from '@/lib/challenges'
import { db, lockUser, type Tx, transaction } from '@/lib/platform/db'
import type { Locale } from '@/lib/platform/locale'
import type { Origin } from '@/lib/platform/origin'
import { done, type Result, refuse } from '@/lib/platform/result'
import type { Purpose } from '@/prisma/client/enums'
import { referenceOfFreeze } from './freeze'
import { PROOFS, type Proof, type ProofName, proofOf } from './proofs'
import { type DisputedSlot, listDisputed } from './review'
import { FIRST, readUnfreeze, refuseGone, SECOND } from './unfreeze-read'

export type UnfreezeStep =
  | { step: 'stuck'; reference: string }
  | { step: 'first' | 'second'; choices: ProofName[] }
  | { step: 'review'; disputed: DisputedSlot[] }

/**
 * The step of a browser's unfreeze flow; null when there is none, or the account is not frozen. It
 * names the slots of addresses, not the addresses. `stuck`: there are fewer than two proofs, and
 * customer care has to help.
 */
export async function findUnfreeze(secret: string, now: Date): Promise<UnfreezeStep | null> {
  const unfreeze = await readUnfreeze(db(), secret, now)
  if (!unfreeze) return null
  const { review, proofs, proven, userId } = unfreeze
  if (proofs.length < PROOFS)
    return { step: 'stuck', reference: (await referenceOfFreeze(userId)) ?? '' }
  if (proven.length === PROOFS) return { step: 'review', disputed: listDisputed(review) }
  const open = proofs.filter((proof) => !proven.includes(proof))
  return { step: proven.length === 0 ? 'first' : 'second', choices: open.map(({ name }) => name) }
}

export type UnfreezeCode = {
  secret: string
  slot: ProofName
  locale: Locale
  now: Date
}

/**
 * Sends the next of the two codes to the undisputed address of this slot, or asks for the saved code,
 * for which nothing is sent; each needs another proof.
 * Refused: `unfreeze_gone`, `unfreeze_address_gone`, `send_throttled` with seconds.
 */
export async function requestUnfreezeCode({
  secret,
  slot,
  locale,
  now,
}: UnfreezeCode): Promise<
  Result<undefined, 'unfreeze_gone' | 'unfreeze_address_gone' | 'send_throttled'>
> {
  const unfreeze = await readUnfreeze(db(), secret, now)
  if (!unfreeze) return refuseGone()
  const { userId } = unfreeze
  const throttled = slot === 'saved_code' ? undefined : await limitSends(FIRST, { userId })
  if (throttled) return throttled
  return transaction(async (tx) => {
    await lockUser(tx, userId)
    const current = await readUnfreeze(tx, secret, now)
    if (!current) return refuse('unfreeze_gone')
    const { proofs, proven } = current
    const chosen = proofs.find((proof) => proof.name === slot && !proven.includes(proof))
    if (!chosen || proofs.length < PROOFS || proven.length === PROOFS)
      return refuse('unfreeze_address_gone')
    const question = { userId, ...(await questionOf(tx, userId, chosen)), locale, now }
    if (proven.length === 0)
      await issueToFlow(tx, { ...question, purpose: FIRST }, secret, [FIRST, SECOND])
    else await issueToFlow(tx, { ...question, purpose: SECOND }, secret, [SECOND])
    return done()
  })
}

/** Where the code goes; for the saved code nowhere, and its log lines name the primary phone. */
async function questionOf(tx: Tx, userId: string, proof: Proof) {
  if (proof.name !== 'saved_code') return toAddress(proof)
  const { address: phone } = primaryPhoneOf(await listAddresses(tx, userId))
  return {
    rateLimitKeys: blindIndexesOf(phone),
    recipients: [],
    saved: proof.code,
    attempts: { path: 'saved_code', scope: { kind: 'session' } },
  } as const
}

const toAddress = ({ id: addressId, address }: { id: string; address: AnyAddress }) => ({
  rateLimitKeys: blindIndexesOf(address),
  recipients: [address],
  addressId,
})

/** Purpose and slot of the code that the browser waits for; null when no code was sent. */
export async function findUnfreezeCode(
  secret: string,
  now: Date,
): Promise<{ purpose: UnfreezePurpose; slot: ProofName } | null> {
  const unfreeze = await readUnfreeze(db(), secret, now)
  if (!unfreeze || unfreeze.proven.length === PROOFS) return null
  const purpose = unfreeze.proven.length === 0 ? FIRST : SECOND
  const challenge = await findChallenge({ secret }, purpose, now)
  const asked = challenge && proofOf(challenge, unfreeze.proofs)
  return asked ? { purpose, slot: asked.name } : null
}

export type UnfreezePurpose = Extract<Purpose, 'unfreeze_first' | 'unfreeze_second'>

/** Passes one of the two challenges, to be spent later. Refused as by `passChallenge`. */
export async function passUnfreeze(
  secret: string,
  purpose: UnfreezePurpose,
  code: string,
  origin: Origin,
  now: Date,
): Promise<Result<undefined, CodeRefusal>> {
  return passChallenge({ ref: { secret }, purpose, code, origin, now }, async () => undefined)
}
