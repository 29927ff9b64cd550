import 'server-only'
import { getTranslations } from 'next-intl/server'
import type { PriceText } from '@/components/price'
import type { ProductItem } from '@/components/product-grid'
import { PICTURES } from './pictures'
import { type Product, pathOf } from './products'

/** A product in the customer's language, for a card. */
export async function toCard(product: Product): Promise<ProductItem> {
  const t = await getTranslations('shop')
  return {
    id: product.id,
    href: pathOf(product),
    name: t(`products.${product.id}.name`),
    picture: PICTURES[product.id],
    price: await toPrice(product),
    rating: t('rating', { rating: product.rating }),
    ratingLabel: t('ratingLabel'),
    sold: t('soldCount', { count: product.sold }),
  }
}

/** The price, and when it was higher before, the former price and the discount. */
export async function toPrice({ price, formerPrice }: Product): Promise<PriceText> {
  const t = await getTranslations('shop')
  const now = { label: t('priceLabel'), text: t('price', { amount: price }) }
  if (!formerPrice) return { now }
  const percent = Math.round((1 - price / formerPrice) * 100)
  return {
    now,
    former: { label: t('formerPriceLabel'), text: t('price', { amount: formerPrice }) },
    discount: t('discount', { percent }),
  }
}
