import { Button } from './button'
import { ShoppingCart } from './icons'
import { Price } from './price'
import { type ProductItem, Rating } from './product-grid'
import { ProductPicture } from './product-picture'
import { Promises } from './storefront'

type Link = { href: string; label: string }

type Props = {
  product: ProductItem
  text: string
  category: Link
  promises: readonly string[]
  labels: { trail: string; home: string; put: string }
  action: (form: FormData) => Promise<void>
}

/** The picture of a product, what it is and costs, and the button that puts it in the cart. */
export function ProductDetails({ product, text, category, promises, labels, action }: Props) {
  const { id, name, picture, price, ...rated } = product
  return (
    <div className="grid gap-4">
      <Trail label={labels.trail} links={[{ href: '/', label: labels.home }, category]} />
      <div className="grid items-start gap-6 sm:grid-cols-2 sm:gap-10">
        <ProductPicture
          {...picture}
          alt={name}
          isFirst
          className="w-full max-w-lg rounded-card border border-line"
        />
        <div className="grid gap-4">
          <h1 className="text-2xl font-bold">{name}</h1>
          <Rating {...rated} />
          <Price {...price} isLarge />
          <form action={action} className="grid">
            <input type="hidden" name="product" value={id} />
            <Button>
              <ShoppingCart aria-hidden className="size-5" />
              <span>{labels.put}</span>
            </Button>
          </form>
          <p className="max-w-prose">{text}</p>
          <Promises promises={promises} />
        </div>
      </div>
    </div>
  )
}

function Trail({ label, links }: { label: string; links: readonly Link[] }) {
  return (
    <nav aria-label={label}>
      <ol className="flex flex-wrap items-center gap-x-2 text-sm">
        {links.map(({ href, label: text }, index) => (
          <li key={href} className="flex items-center gap-2">
            {index > 0 && <span aria-hidden>/</span>}
            <a href={href} className="inline-flex min-h-11 items-center font-medium text-accent">
              {text}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  )
}
