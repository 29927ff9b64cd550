import { buttonClass } from '@/components/button'
import { Card } from '@/components/card'
import { CartRow } from '@/components/cart-row'
import { CartTotal } from '@/components/cart-total'
import { type CartEntry, MOST_PIECES, readCart } from '../_shop/cart'
import { formatRupiah, toCard } from '../_shop/product-card'
import { PageTitle } from '../_text/page-title'
import { getTranslations } from '../_text/translations'
import { setQuantity } from './actions'

export default async function CartPage() {
  const t = await getTranslations('cart')
  const cart = await readCart()
  return (
    <div className="grid gap-6">
      <PageTitle screen="cart" />
      <h1 className="text-2xl font-bold">{t('title')}</h1>
      {cart.length === 0 ? <EmptyCart /> : <FullCart cart={cart} />}
    </div>
  )
}

async function EmptyCart() {
  const t = await getTranslations('cart')
  return (
    <Card className="grid justify-items-start gap-4">
      <p>{t('empty')}</p>
      <a href="/" className={buttonClass()}>
        {t('browse')}
      </a>
    </Card>
  )
}

async function FullCart({ cart }: { cart: readonly CartEntry[] }) {
  const t = await getTranslations('cart')
  const count = cart.reduce((sum, { quantity }) => sum + quantity, 0)
  const amount = cart.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0)
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[1fr_20rem]">
      <Card>
        <ul>
          {cart.map((entry) => (
            <Row key={entry.product.id} {...entry} />
          ))}
        </ul>
      </Card>
      <Card className="grid gap-4">
        <CartTotal
          label={t('total', { count })}
          total={await formatRupiah(amount)}
          checkout={t('checkout')}
          demo={t('demo')}
        />
        <a href="/" className={buttonClass('secondary')}>
          {t('browse')}
        </a>
      </Card>
    </div>
  )
}

async function Row({ product, quantity }: CartEntry) {
  const t = await getTranslations('cart')
  const { name, href, picture, price } = await toCard(product)
  return (
    <CartRow
      product={{ id: product.id, name, href, picture, price }}
      quantity={{ now: quantity, most: MOST_PIECES, label: t('quantity') }}
      labels={{
        fewer: t('fewer', { name }),
        more: t('more', { name }),
        remove: t('remove'),
        removeName: t('removeName', { name }),
      }}
      action={setQuantity}
    />
  )
}
