import { Star } from './icons'
import { Price, type PriceText } from './price'
import { type Picture, ProductPicture } from './product-picture'

export type ProductItem = {
  id: string
  href: string
  name: string
  picture: Picture
  price: PriceText
  rating: string
  ratingLabel: string
  sold: string
}

type Props = {
  heading: string
  /** Whether the list is what the page is about. */
  isMain?: boolean
  products: readonly ProductItem[]
  /** How many there are, in words. */
  count?: string | undefined
  /** The text instead of an empty list. */
  empty?: string
  all?: { href: string; label: string }
}

/** A list of products. The links of searches and categories lead to its heading. */
export function ProductGrid({ heading, isMain, products, count, empty, all }: Props) {
  const [Heading, Name] = isMain ? (['h1', 'h2'] as const) : (['h2', 'h3'] as const)
  return (
    <section aria-labelledby="products" className="@container">
      <div className="mb-4 flex flex-wrap items-center justify-between gap-x-4">
        <div className="flex flex-wrap items-baseline gap-x-3">
          <Heading id="products" className="text-xl font-bold">
            {heading}
          </Heading>
          {count && <p className="text-muted">{count}</p>}
        </div>
        {all && (
          <a href={all.href} className="inline-flex min-h-11 items-center font-medium text-accent">
            {all.label}
          </a>
        )}
      </div>
      {products.length === 0 && (
        <p className="rounded-card border border-line bg-surface p-6">{empty}</p>
      )}
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,8.5rem),1fr))] gap-3 @xl:grid-cols-3 @3xl:grid-cols-4 @5xl:grid-cols-6">
        {products.map((product) => (
          <ProductCard key={product.id} {...product} as={Name} />
        ))}
      </ul>
    </section>
  )
}

type CardProps = ProductItem & { as: 'h2' | 'h3' }

/** The link of the name covers the card. */
function ProductCard({ as: Name, href, name, picture, price, ...rated }: CardProps) {
  return (
    <li className="relative flex flex-col overflow-hidden rounded-card border border-line bg-surface shadow-card outline-offset-2 outline-focus hover:border-accent has-focus-visible:outline-3">
      <ProductPicture {...picture} className="w-full" />
      <div className="flex grow flex-col gap-1 p-3">
        <Name className="text-sm font-normal">
          <a
            href={href}
            className="no-underline outline-none after:absolute after:inset-0 hover:text-accent"
          >
            {name}
          </a>
        </Name>
        <Price {...price} />
        <Rating {...rated} />
      </div>
    </li>
  )
}

/** The stars of a product, and how many were sold. */
export function Rating({
  rating,
  ratingLabel,
  sold,
}: Pick<ProductItem, 'rating' | 'ratingLabel' | 'sold'>) {
  return (
    <p className="mt-auto flex flex-wrap items-center gap-x-2 text-xs text-muted">
      <span className="flex items-center gap-1">
        <Star aria-hidden className="size-4 fill-current text-star" />
        <span className="sr-only">{ratingLabel}</span>
        {rating}
      </span>
      <span>{sold}</span>
    </p>
  )
}
