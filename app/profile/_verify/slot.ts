import type { AddressSlot } from '@/lib/contacts'

/**
 * Parses the slot that is bound to an action: the browser sends it back, so it may be forged.
 * Of the primary addresses, only the phone can be verified again.
 */
export const slotOf = (bound: AddressSlot): AddressSlot => ({
  role: bound?.role === 'primary' ? 'primary' : 'recovery',
  kind: bound?.role === 'primary' || bound?.kind === 'phone' ? 'phone' : 'email',
})

/** The page on which an address is verified again. */
export const screenOf = ({ role, kind }: AddressSlot): string =>
  role === 'primary' ? `/profile/${kind}/verify` : `/profile/recovery/${kind}/verify`
