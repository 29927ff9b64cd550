import { DocumentTitle } from '@/components/document-title'
import { ProductDetails } from '@/components/product-details'
import { ProductGrid } from '@/components/product-grid'
import { env } from '@/lib/platform/env'
import { sayMissing } from '@/lib/platform/response'
import { toCard } from '../../_shop/product-card'
import { findProduct, PRODUCTS, type Product } from '../../_shop/products'
import { getTranslations } from '../../_text/translations'
import { putInCart } from '../../keranjang/actions'
import NotFoundPage from '../../not-found'

const MOST_OTHERS = 6

type Props = { params: Promise<{ slug: string }> }

export default async function ProductPage({ params }: Props) {
  const product = findProduct(await params)
  if (product) return <Details product={product} />
  sayMissing()
  return <NotFoundPage />
}

async function Details({ product }: { product: Product }) {
  const t = await getTranslations('shop')
  const card = await toCard(product)
  return (
    <div className="grid gap-10">
      <DocumentTitle title={`${card.name} – ${env().BRAND_NAME}`} />
      <ProductDetails
        product={card}
        text={t(`products.${product.id}.text`)}
        category={{
          href: `/?category=${product.category}#products`,
          label: t(`categories.${product.category}`),
        }}
        promises={[t('promises.original'), t('promises.shipping'), t('promises.returns')]}
        labels={{ trail: t('trail'), home: t('home'), put: t('putInCart') }}
        action={putInCart}
      />
      <ProductGrid
        heading={t('othersHeading')}
        products={await Promise.all(othersThan(product).map(toCard))}
      />
    </div>
  )
}

/** Other goods, those of the same category first. */
function othersThan(product: Product): readonly Product[] {
  const others = PRODUCTS.filter(({ id }) => id !== product.id)
  const isAlike = ({ category }: Product) => category === product.category
  return [...others.filter(isAlike), ...others.filter((other) => !isAlike(other))].slice(
    0,
    MOST_OTHERS,
  )
}
