import type { ProductId } from './pictures'

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

/** Prices are in rupiah. `formerPrice` is higher than `price`. */
export type Product = {
  id: ProductId
  slug: string
  category: Category
  price: number
  formerPrice?: number
  rating: number
  sold: number
}

/** The goods of the shop. Their names and descriptions are in the message catalogue. */
export const PRODUCTS: readonly Product[] = [
  {
    id: 'phone',
    slug: 'handphone-5g',
    category: 'phones',
    price: 3_499_000,
    rating: 4.8,
    sold: 1_250,
  },
  {
    id: 'headphones',
    slug: 'headphone-nirkabel',
    category: 'audio',
    price: 599_000,
    formerPrice: 749_000,
    rating: 4.9,
    sold: 2_480,
  },
  {
    id: 'shoes',
    slug: 'sepatu-lari',
    category: 'sport',
    price: 475_000,
    formerPrice: 679_000,
    rating: 4.8,
    sold: 1_133,
  },
  {
    id: 'kettle',
    slug: 'ketel-listrik',
    category: 'kitchen',
    price: 245_000,
    formerPrice: 289_000,
    rating: 4.7,
    sold: 1_706,
  },
  {
    id: 'laptop',
    slug: 'laptop-14-inci',
    category: 'computers',
    price: 8_999_000,
    rating: 4.9,
    sold: 312,
  },
  {
    id: 'watch',
    slug: 'jam-tangan-pintar',
    category: 'fashion',
    price: 1_250_000,
    formerPrice: 1_399_000,
    rating: 4.6,
    sold: 640,
  },
  {
    id: 'plant',
    slug: 'tanaman-monstera',
    category: 'home',
    price: 125_000,
    rating: 4.7,
    sold: 431,
  },
  {
    id: 'backpack',
    slug: 'ransel-laptop',
    category: 'fashion',
    price: 459_000,
    rating: 4.8,
    sold: 978,
  },
  {
    id: 'camera',
    slug: 'kamera-saku',
    category: 'cameras',
    price: 5_250_000,
    rating: 4.9,
    sold: 96,
  },
  {
    id: 'speaker',
    slug: 'speaker-bluetooth',
    category: 'audio',
    price: 349_000,
    rating: 4.7,
    sold: 803,
  },
  {
    id: 'lamp',
    slug: 'lampu-meja',
    category: 'home',
    price: 169_000,
    formerPrice: 189_000,
    rating: 4.8,
    sold: 864,
  },
  {
    id: 'bottle',
    slug: 'botol-minum',
    category: 'sport',
    price: 139_000,
    rating: 4.9,
    sold: 2_017,
  },
]

/** The product of a path or a form; undefined when there is none. */
export const findProduct = (wanted: { slug: string } | { id: string }): Product | undefined =>
  PRODUCTS.find(({ slug, id }) => ('slug' in wanted ? slug === wanted.slug : id === wanted.id))

/** The category of a query; undefined when there is none of this name. */
export const findCategory = (name: string): Category | undefined =>
  CATEGORIES.find((category) => category === name)

/** The path of a product's page. */
export const pathOf = ({ slug }: Product): string => `/produk/${slug}`
