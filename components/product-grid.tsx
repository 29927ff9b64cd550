import {
  Backpack,
  Camera,
  Coffee,
  Footprints,
  Headphones,
  type IconType,
  LampDesk,
  Laptop,
  Smartphone,
  Sprout,
  Watch,
} from './icons'

const PRODUCT = {
  phone: Smartphone,
  laptop: Laptop,
  headphones: Headphones,
  camera: Camera,
  lamp: LampDesk,
  plant: Sprout,
  kettle: Coffee,
  backpack: Backpack,
  watch: Watch,
  shoes: Footprints,
} satisfies Record<string, IconType>

type Product = {
  id: keyof typeof PRODUCT
  name: string
  price: string
  sold: string
  discount?: string | undefined
}
type ProductGridProps = {
  heading: string
  products: Product[]
  empty: string
  all?: { href: string; label: string } | undefined
}

export function ProductGrid({ heading, products, empty, all }: ProductGridProps) {
  return (
    <section aria-labelledby="products">
      <div className="mb-4 flex flex-wrap items-center justify-between gap-2">
        <h2 id="products" className="text-xl font-bold">
          {heading}
        </h2>
        {all && (
          <a href={all.href} className="inline-flex min-h-11 items-center font-medium text-accent">
            {all.label}
          </a>
        )}
      </div>
      {products.length === 0 && (
        <p className="rounded-card border border-line bg-surface p-6">{empty}</p>
      )}
      <ul className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-5">
        {products.map((product) => (
          <ProductCard key={product.id} {...product} />
        ))}
      </ul>
    </section>
  )
}

function ProductCard({ id, name, price, sold, discount }: Product) {
  const Icon = PRODUCT[id]
  return (
    <li className="overflow-hidden rounded-card border border-line bg-surface shadow-card">
      <div
        aria-hidden
        className="grid aspect-4/3 place-items-center bg-linear-to-br from-tint to-raised text-accent"
      >
        <Icon className="size-16 stroke-[1.25]" />
      </div>
      <div className="grid gap-1 p-4">
        <h3 className="text-sm">{name}</h3>
        <p className="font-bold tabular-nums">{price}</p>
        {discount && (
          <p className="justify-self-start rounded-full bg-danger-tint px-2 text-sm font-medium text-danger">
            {discount}
          </p>
        )}
        <p className="text-sm text-muted">{sold}</p>
      </div>
    </li>
  )
}
