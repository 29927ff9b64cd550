import 'server-only'
import type { PriceText } from '@/components/price'
import type { ProductItem } from '@/components/product-grid'
import { getTranslations } from '../_text/translations'
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

/** An amount as Indonesian shops write it: "Rp1.250.000". */
export async function formatRupiah(amount: number): Promise<string> {
  const t = await getTranslations('shop')
  return t('price', { amount })
}

/** The price, and when it was higher before, the former price and the discount. */
async function toPrice({ price, formerPrice }: Product): Promise<PriceText> {
  const t = await getTranslations('shop')
  const now = { label: t('priceLabel'), text: await formatRupiah(price) }
  if (!formerPrice) return { now }
  const percent = Math.round((1 - price / formerPrice) * 100)
  return {
    now,
    former: { label: t('formerPriceLabel'), text: await formatRupiah(formerPrice) },
    discount: t('discount', { percent }),
  }
}
