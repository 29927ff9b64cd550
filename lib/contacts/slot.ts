import type { AddressKind, HeldAddress } from '@/lib/addresses'
import type { AddressRole } from '@/prisma/client/enums'

/** A place of an account that holds one address at a time. */
export type AddressSlot = { role: AddressRole; kind: AddressKind }

/** The purposes of the two codes of a change, and the event that records it. */
const CHANGES = {
  phone: { authorise: 'change_phone', confirm: 'confirm_phone', event: 'phone_changed' },
  email: { authorise: 'change_email', confirm: 'confirm_email', event: 'email_changed' },
  recovery: {
    authorise: 'replace_recovery',
    confirm: 'confirm_replacement',
    event: 'recovery_replaced',
  },
} as const

export const changeOf = ({ role, kind }: AddressSlot) =>
  CHANGES[role === 'recovery' ? 'recovery' : kind]

/** Whether this is the slot that can be empty, and whose address others may hold unconfirmed. */
export const isPrimaryEmail = ({ role, kind }: AddressSlot) =>
  role === 'primary' && kind === 'email'

/** The recovery address of a kind, confirmed or not; undefined when there is none. */
export function recoveryOf(
  held: readonly HeldAddress[],
  kind: AddressKind,
): HeldAddress | undefined {
  return held.find(({ role, address }) => role === 'recovery' && address.kind === kind)
}

/**
 * The address in a slot; undefined when it is empty. An unconfirmed recovery address is not in its
 * slot yet.
 */
export function holderOf(
  held: readonly HeldAddress[],
  { role, kind }: AddressSlot,
): HeldAddress | undefined {
  return held.find(
    (one) =>
      one.role === role && one.address.kind === kind && (role === 'primary' || one.confirmedAt),
  )
}
