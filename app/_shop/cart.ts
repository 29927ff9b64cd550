import 'server-only'
import { cookies } from 'next/headers'
import { cookieName, cookieOptions } from '@/lib/platform/cookies'
import { findProduct, PRODUCTS, type Product } from './products'

const NAME = 'cart'
const LIFETIME_SECONDS = 30 * 24 * 60 * 60
/** `lamp.2_phone.1`, with at most two digits each. */
const COOKIE_MAX_CHARACTERS = 20 * PRODUCTS.length
const ENTRY = /^([a-z]+)\.(\d{1,2})$/

/** The most pieces of one product in a cart. */
export const MOST_PIECES = 10

export type CartEntry = { product: Product; quantity: number }

/**
 * The cart of this browser. It is a cookie with ids and quantities, not signed: prices are the
 * shop's, so a changed cookie is only another cart. What no product or quantity is, is left out.
 */
export async function readCart(): Promise<CartEntry[]> {
  const cookie = (await cookies()).get(cookieName(NAME))?.value ?? ''
  const entries = cookie.slice(0, COOKIE_MAX_CHARACTERS).split('_').flatMap(readEntry)
  return [...new Map(entries.map((entry) => [entry.product.id, entry])).values()]
}

function readEntry(text: string): CartEntry[] {
  const [, id = '', digits] = ENTRY.exec(text) ?? []
  const product = findProduct({ id })
  const quantity = limit(Number(digits))
  return product && quantity > 0 ? [{ product, quantity }] : []
}

/** The number of pieces in the cart of this browser. */
export async function countCart(): Promise<number> {
  return (await readCart()).reduce((sum, { quantity }) => sum + quantity, 0)
}

/** Sets the quantity of a product in the cart of this browser, at most `MOST_PIECES`. 0 removes it. */
export async function changeCart(product: Product, quantityOf: (now: number) => number) {
  const cart = new Map((await readCart()).map((entry) => [entry.product.id, entry.quantity]))
  const quantity = limit(quantityOf(cart.get(product.id) ?? 0))
  if (quantity > 0) cart.set(product.id, quantity)
  else cart.delete(product.id)
  const value = [...cart].map((entry) => entry.join('.')).join('_')
  const jar = await cookies()
  const maxAge = value ? LIFETIME_SECONDS : 0
  jar.set(cookieName(NAME), value, { ...cookieOptions(), maxAge })
}

const limit = (quantity: number) => Math.max(0, Math.min(MOST_PIECES, Math.floor(quantity) || 0))
