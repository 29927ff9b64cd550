import type { Profile, ProfileAddress } from '@/lib/accounts'
import type { AddressKind } from '@/prisma/client/enums'
import { isReverificationDue } from './due'
import type { AddressSlot } from './slot'

/**
 * The state of a recovery method. `recycled`: somebody else has the number, by what its operator says.
 * `stale`: not verified for a year; it probably still works. `pending`: an unconfirmed primary e-mail,
 * which does not even receive notifications.
 */
export type RecoveryMethodState =
  | 'ready'
  | 'stale'
  | 'recycled'
  | 'unreachable'
  | 'unconfirmed'
  | 'pending'
  | 'missing'

/** A slot that can help the customer back in, and its state. */
export type RecoveryMethod = AddressSlot & {
  state: RecoveryMethodState
  /** Undefined when the account has no such address. */
  mask: string | undefined
  isConfirmed: boolean
  addedAt: Date | null
  lastVerifiedAt: Date | null
}

/**
 * The recovery methods of an account. The primary phone and the recovery addresses reset the
 * password; the primary e-mail helps to unfreeze. `reachableCount` is the number of the first three
 * that a code would reach; `due` are the recovery addresses to verify again.
 */
export type Health = { methods: RecoveryMethod[]; reachableCount: number; due: AddressKind[] }

const METHODS: readonly AddressSlot[] = [
  { role: 'primary', kind: 'phone' },
  { role: 'recovery', kind: 'email' },
  { role: 'recovery', kind: 'phone' },
  { role: 'primary', kind: 'email' },
]

/** Reads the recovery methods of an account from its profile. */
export function readHealth(profile: Pick<Profile, 'primaries' | 'recoveries'>, now: Date): Health {
  const methods = METHODS.map((slot) => judge(profile, slot, now))
  const resetting = methods.filter(({ role, kind }) => role === 'recovery' || kind === 'phone')
  const recoveries = profile.recoveries.filter(
    (one) => one.confirmedAt !== null && !one.isRecycled && isReverificationDue(one, now),
  )
  return {
    methods,
    reachableCount: resetting.filter(({ state }) => state === 'ready' || state === 'stale').length,
    due: recoveries.map(({ kind }) => kind),
  }
}

function judge(
  { primaries, recoveries }: Pick<Profile, 'primaries' | 'recoveries'>,
  { role, kind }: AddressSlot,
  now: Date,
): RecoveryMethod {
  const held = (role === 'primary' ? primaries : recoveries).find((one) => one.kind === kind)
  return {
    role,
    kind,
    state: held ? stateOf(role, held, now) : 'missing',
    mask: held?.mask,
    isConfirmed: Boolean(held?.confirmedAt),
    addedAt: held?.addedAt ?? null,
    lastVerifiedAt: held?.lastVerifiedAt ?? null,
  }
}

/** An unreachable address does not help, confirmed or not, so that state comes first. */
function stateOf(role: AddressSlot['role'], held: ProfileAddress, now: Date): RecoveryMethodState {
  if (held.isRecycled) return 'recycled'
  if (!held.isReachable) return 'unreachable'
  if (role === 'primary' && !held.isUsable) return 'pending'
  if (!held.confirmedAt) return 'unconfirmed'
  return isReverificationDue(held, now) ? 'stale' : 'ready'
}
