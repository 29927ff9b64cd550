'use server'

import { redirect } from 'next/navigation'
import { beginAction, rejectArguments } from '@/lib/platform/response'
import { changeCart } from '../_shop/cart'
import { findProduct } from '../_shop/products'

/** The product that a form names. A form without one is not ours, and is rejected. */
function productIn(form: FormData) {
  if (!(form instanceof FormData)) rejectArguments('An action was called without a form')
  const product = findProduct({ id: String(form.get('product')) })
  return product ?? rejectArguments('A form names no product')
}

/** Adds one piece of a product to the cart of this browser, and leads to the cart. Never refused. */
export async function putInCart(form: FormData): Promise<void> {
  const product = productIn(form)
  beginAction()
  await changeCart(product, (quantity) => quantity + 1)
  redirect('/keranjang')
}

/**
 * Sets the quantity of a product in the cart of this browser; 0 removes the product. It renders the
 * cart again, because a redirect would take the focus from the pressed button. Never refused: more
 * than the most becomes the most, and no number becomes 0.
 */
export async function setQuantity(form: FormData): Promise<void> {
  const product = productIn(form)
  beginAction()
  const quantity = Number(form.get('quantity'))
  await changeCart(product, () => quantity)
}
