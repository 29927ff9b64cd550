import { redirect } from 'next/navigation'
import type { AddressSlot, ChangeProgress } from '@/lib/contacts'
import type { KindParams } from '../recovery/kind'

/** The first page of the change of a slot. */
export const baseOf = ({ role, kind }: AddressSlot) =>
  role === 'primary' ? `/profile/${kind}` : `/profile/recovery/${kind}/replace`

/** The page of the present step of a change; the first page without one. */
export const pathOf = (slot: AddressSlot, change: ChangeProgress | null) =>
  change ? `${baseOf(slot)}/${change.step}` : baseOf(slot)

/** The slot of a page, from the kind in its path. An unknown kind redirects to the profile. */
export async function readSlot(
  { params }: KindParams,
  role: AddressSlot['role'],
): Promise<AddressSlot> {
  const { kind } = await params
  return kind === 'email' || kind === 'phone' ? { role, kind } : redirect('/profile')
}
