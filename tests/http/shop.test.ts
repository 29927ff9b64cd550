import { expect, it } from 'vitest'
import translations from '@/messages/id.json'
import { newClient } from '../support/client'
import { textOf } from '../support/html'

it('a product that the shop does not have is a missing page, complete without JavaScript', async () => {
  const answer = await newClient().open('/produk/tidak-ada')
  expect([answer.status, textOf(answer.html)]).toEqual([
    404,
    expect.stringContaining(translations.notFound.heading),
  ])
})

it.each([
  ['lamp.99', 'Total (10 barang)'],
  ['lamp.2_lamp.3_tidakada.4_phone.x_phone.-1_', 'Total (3 barang)'],
  ['lamp.00', translations.cart.empty],
  ['_'.repeat(3_000), translations.cart.empty],
])('a cart that somebody else wrote shows what can be in one: %s', async (cart, expected) => {
  const { status, html } = await newClient({ headers: { cookie: `cart=${cart}` } }).open(
    '/keranjang',
  )
  expect([status, textOf(html)]).toEqual([200, expect.stringContaining(expected)])
})

it('a form for the cart that names no product is not readable', async () => {
  const client = newClient()
  const page = await client.open('/produk/lampu-meja')
  const { status } = await client.press(page, translations.shop.putInCart, { product: 'gajah' })
  expect(status).toBe(400)
  expect(client.cookies.has('cart')).toBe(false)
})
