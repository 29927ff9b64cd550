import { redirect } from 'next/navigation'
import type { AddressKind } from '@/lib/addresses'

export type KindParams = { params: Promise<{ kind: string }> }

/**
 * The kind of address that a page of the wizard is about; any other word in its place leads to the wizard's beginning. (What
 * `notFound()` answers from within a page is empty without JavaScript.)
 */
export async function readKind({ params }: KindParams): Promise<AddressKind> {
  const { kind } = await params
  return kind === 'email' || kind === 'phone' ? kind : redirect('/profile/recovery')
}

/** The kind of address that is bound to an action. It comes back from the browser, so it is read like anything typed. */
export const kindOf = (bound: AddressKind): AddressKind => (bound === 'phone' ? 'phone' : 'email')
