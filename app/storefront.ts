/**
 * The products of the home page, for the list and the search. Their names are in the message
 * catalogue.
 */
export const CATEGORIES = [
  'phones',
  'computers',
  'audio',
  'cameras',
  'home',
  'kitchen',
  'fashion',
  'sport',
] as const

export type Category = (typeof CATEGORIES)[number]

export const PRODUCTS = [
  { id: 'phone', category: 'phones', price: 3_499_000, sold: 1_250 },
  { id: 'laptop', category: 'computers', price: 8_999_000, sold: 312 },
  { id: 'headphones', category: 'audio', price: 749_000, sold: 2_480, discountPercent: 25 },
  { id: 'camera', category: 'cameras', price: 5_250_000, sold: 96 },
  { id: 'lamp', category: 'home', price: 189_000, sold: 864, discountPercent: 10 },
  { id: 'plant', category: 'home', price: 125_000, sold: 431 },
  { id: 'kettle', category: 'kitchen', price: 289_000, sold: 1_706, discountPercent: 15 },
  { id: 'backpack', category: 'fashion', price: 459_000, sold: 978 },
  { id: 'watch', category: 'fashion', price: 1_299_000, sold: 640 },
  { id: 'shoes', category: 'sport', price: 679_000, sold: 1_133, discountPercent: 30 },
] as const satisfies readonly {
  id: string
  category: Category
  price: number
  sold: number
  discountPercent?: number
}[]
