import { redirect } from 'next/navigation'
import type { AddressSlot, ChangeProgress } from '@/lib/contacts'
import type { KindParams } from '../recovery/kind'

/** Where the change of a slot begins. */
export const baseOf = ({ role, kind }: AddressSlot) =>
  role === 'primary' ? `/profile/${kind}` : `/profile/recovery/${kind}/replace`

/** The page on which a change stands. */
export const pathOf = (slot: AddressSlot, change: ChangeProgress | null) =>
  change ? `${baseOf(slot)}/${change.step}` : baseOf(slot)

/** The slot that a page of the profile is about; any other word in the place of the kind leads to the profile. */
export async function readSlot(
  { params }: KindParams,
  role: AddressSlot['role'],
): Promise<AddressSlot> {
  const { kind } = await params
  return kind === 'email' || kind === 'phone' ? { role, kind } : redirect('/profile')
}
