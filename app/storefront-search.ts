import { getFormatter, getTranslations } from 'next-intl/server'
import { PRODUCTS } from './storefront'

/**
 * The products whose name or category contains every word of the search, in the customer's
 * language.
 */
export async function findProducts(query: string) {
  const t = await getTranslations('home')
  const format = await getFormatter()
  const words = query.toLowerCase().split(/\s+/)
  const all = PRODUCTS.map(({ id, category, price, sold, ...rest }) => ({
    id,
    name: t(`products.${id}`),
    price: format.number(price, { style: 'currency', currency: 'IDR', maximumFractionDigits: 0 }),
    sold: t('soldCount', { count: sold }),
    discount:
      'discountPercent' in rest ? t('discount', { percent: rest.discountPercent }) : undefined,
    found: `${t(`products.${id}`)} ${t(`categories.${category}`)}`.toLowerCase(),
  }))
  return all.filter(({ found }) => words.every((word) => found.includes(word)))
}
