import { redirect } from 'next/navigation'
import type { AddressKind } from '@/lib/addresses'

export type KindParams = { params: Promise<{ kind: string }> }

/**
 * The kind of address in the path of a page of the wizard. An unknown kind redirects to the start
 * of the wizard: the page that `notFound()` renders is empty without JavaScript.
 */
export async function readKind({ params }: KindParams): Promise<AddressKind> {
  const { kind } = await params
  return kind === 'email' || kind === 'phone' ? kind : redirect('/profile/recovery')
}

/**
 * The kind that is bound to an action. It comes back from the browser, so it is parsed like any
 * input.
 */
export const kindOf = (bound: AddressKind): AddressKind => (bound === 'phone' ? 'phone' : 'email')
