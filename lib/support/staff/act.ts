import { canonicalJson, type Json } from '@/lib/platform/canonical-json'
import { hashSecret } from '@/lib/platform/crypto'
import { db, type Tx, transaction, withSavepoint } from '@/lib/platform/db'
import { done, type Result } from '@/lib/platform/result'
import { type Asserted, type ProvenAssertion, proveAssertion, spendAssertion } from './assertion'
import { openChallenge, refusePasskey } from './challenge'
import { isActive, lockStaff } from './lock'
import type { SignedInStaff } from './member'
import { CEREMONY_MS, relyingParty } from './relying-party'
import type { BegunAssertion } from './sign-in'

/**
 * What a passkey permits: a type, and every id and value that the act depends on, as they were
 * posted. An assertion permits this act and no other one.
 */
export type StaffAct = { readonly type: string; readonly [name: string]: Json }

/**
 * Asks for a fresh signature of one of the person's own passkeys over a challenge that is bound to
 * the session and the act. It is valid for two minutes.
 */
export async function beginAct(
  staff: SignedInStaff,
  act: StaffAct,
  now: Date,
): Promise<BegunAssertion> {
  const { staffId } = staff
  const about = hashAct(staff, act)
  const { secret, challenge } = await openChallenge({ ceremony: 'act', staffId, about, now })
  const keys = await db().staffKey.findMany({ where: { staffId, revokedAt: null } })
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server')
  const options = await generateAuthenticationOptions({
    rpID: relyingParty().rpID,
    challenge,
    allowCredentials: keys.map(({ id, transports }) => ({ id, transports })),
    timeout: CEREMONY_MS,
    userVerification: 'required',
  })
  return { secret, options }
}

/**
 * `act`: as the action has read it from what was posted. `others`: the ids of further staff whose
 * rows `work` changes.
 */
export type AssertedAct = Asserted & {
  staff: SignedInStaff
  act: StaffAct
  others?: readonly string[]
}

/**
 * Runs `work` in the transaction that uses up the signature over this act. The signature stays used
 * when `work` refuses; what `work` wrote is then rolled back. When `work` throws or the database
 * fails, nothing has happened, and the signature is unused. The transaction holds the rows of the
 * person and of `others`: `work` locks accounts next, and the log of staff last. Refused:
 * `passkey_refused` for a signature that is wrong, used, older than two minutes, of another person,
 * session or act, or of somebody who was disabled meanwhile; and what `work` refuses.
 */
export const completeAct = <Value, Word extends string>(
  asserted: AssertedAct,
  work: (tx: Tx) => Promise<Result<Value, Word>>,
): Promise<Result<Value, Word | 'passkey_refused'>> =>
  complete(asserted, { prepare: async () => undefined, work })

/** `prepare`: what is too slow for the transaction. It runs for a right signature alone. */
type Prepared<Ready, Value, Word extends string> = {
  prepare: () => Promise<Ready>
  work: (tx: Tx, ready: Ready) => Promise<Result<Value, Word>>
}

/**
 * Like `completeAct`, for work whose refusal is a fact to be kept, such as that a request has
 * expired: what `work` wrote commits also when it refuses. Refused as `completeAct`.
 */
export async function commitAct<Ready, Value, Word extends string>(
  asserted: AssertedAct,
  { prepare, work }: Prepared<Ready, Value, Word>,
): Promise<Result<Value, Word | 'passkey_refused'>> {
  const outcome = await complete<Ready, Result<Value, Word>, never>(asserted, {
    prepare,
    work: async (tx, ready) => done(await work(tx, ready)),
  })
  return outcome.ok ? outcome.value : outcome
}

async function complete<Ready, Value, Word extends string>(
  asserted: AssertedAct,
  { prepare, work }: Prepared<Ready, Value, Word>,
): Promise<Result<Value, Word | 'passkey_refused'>> {
  const proven = await proveAct(asserted)
  if (!proven.ok) return proven
  const ready = await prepare()
  return transaction(async (tx): Promise<Result<Value, Word | 'passkey_refused'>> => {
    const spent = await spendByActive(tx, proven.value, asserted)
    return spent.ok ? withSavepoint(tx, () => work(tx, ready)) : spent
  })
}

async function proveAct({
  staff,
  act,
  ...asserted
}: AssertedAct): Promise<Result<ProvenAssertion, 'passkey_refused'>> {
  const proven = await proveAssertion('act', asserted)
  if (!proven.ok) return proven
  const { staffId } = staff
  if (proven.value.staffId !== staffId) return refusePasskey('act', 'other_person', staffId)
  const isOfAct = proven.value.about === hashAct(staff, act)
  return isOfAct ? proven : refusePasskey('act', 'other_act', staffId)
}

async function spendByActive(
  tx: Tx,
  proven: ProvenAssertion,
  { others = [], now }: AssertedAct,
): Promise<Result<undefined, 'passkey_refused'>> {
  const { staffId } = proven
  // Whoever disables a person locks the person before the keys.
  const locked = await lockStaff(tx, [staffId, ...others])
  const fault = await spendAssertion(tx, proven, now)
  if (fault) return refusePasskey('act', fault, staffId)
  const person = locked.find(({ id }) => id === staffId)
  return person && isActive(person) ? done() : refusePasskey('act', 'not_active', staffId)
}

const hashAct = ({ sessionId }: SignedInStaff, act: StaffAct) =>
  hashSecret(canonicalJson({ sessionId, act }))
