import {
  Backpack,
  Camera,
  Coffee,
  CookingPot,
  Footprints,
  Gift,
  Headphones,
  House,
  LampDesk,
  Laptop,
  type LucideIcon,
  RotateCcw,
  Search,
  ShieldCheck,
  ShoppingBag,
  Smartphone,
  Sprout,
  Trophy,
  Truck,
  Watch,
} from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Button } from './button'
import { INPUT_CLASS } from './field'

const CATEGORY = {
  phones: Smartphone,
  computers: Laptop,
  audio: Headphones,
  cameras: Camera,
  home: House,
  kitchen: CookingPot,
  fashion: Backpack,
  sport: Trophy,
} satisfies Record<string, LucideIcon>

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
} satisfies Record<string, LucideIcon>

const PROMISE = [ShieldCheck, Truck, RotateCcw]

export function SearchBar({
  label,
  placeholder,
  button,
  query,
}: {
  label: string
  placeholder: string
  button: string
  query: string
}) {
  return (
    <search>
      <form action="/" className="flex gap-2">
        <label htmlFor="q" className="sr-only">
          {label}
        </label>
        <input
          id="q"
          name="q"
          type="search"
          defaultValue={query}
          placeholder={placeholder}
          autoComplete="off"
          className={INPUT_CLASS}
        />
        <Button>
          <Search aria-hidden className="size-5" />
          <span className="sr-only sm:not-sr-only">{button}</span>
        </Button>
      </form>
    </search>
  )
}

type HeroProps = { heading: string; text: string; promises: string[]; children: ReactNode }

/** The banner. At its right end is room for the pop-up, which therefore covers nothing and moves nothing. */
export function Hero({ heading, text, promises, children }: HeroProps) {
  return (
    <div className="grid gap-4 lg:*:col-start-1 lg:*:row-start-1">
      <div className="empty:hidden lg:z-10 lg:m-4 lg:w-88 lg:self-start lg:justify-self-end">{children}</div>
      <div className="rounded-card relative overflow-hidden bg-linear-to-br from-brand to-brand-deep p-6 text-on-brand sm:p-8 lg:min-h-80 lg:pr-104">
        <h1 className="text-3xl font-extrabold">{heading}</h1>
        <p className="mt-2 max-w-md text-lg">{text}</p>
        <ul className="mt-6 flex flex-wrap gap-x-6 gap-y-2">
          {promises.map((promise, index) => {
            const Icon = PROMISE[index] ?? ShieldCheck
            return (
              <li key={promise} className="flex items-center gap-2 font-medium">
                <Icon aria-hidden className="size-5" />
                {promise}
              </li>
            )
          })}
        </ul>
        <HeroArt />
      </div>
    </div>
  )
}

function HeroArt() {
  return (
    <div aria-hidden className="absolute inset-y-0 right-0 hidden w-104 text-on-brand/25 lg:block">
      <ShoppingBag className="absolute top-10 right-24 size-56 stroke-1" />
      <Gift className="absolute right-72 bottom-8 size-20 -rotate-12 stroke-1" />
      <Truck className="absolute right-8 bottom-6 size-24 stroke-1" />
    </div>
  )
}

export function CategoryTiles({
  heading,
  categories,
}: {
  heading: string
  categories: { id: keyof typeof CATEGORY; name: string }[]
}) {
  return (
    <section aria-labelledby="categories">
      <h2 id="categories" className="mb-4 text-xl font-bold">
        {heading}
      </h2>
      <ul className="grid grid-cols-[repeat(auto-fit,minmax(6.5rem,1fr))] gap-2">
        {categories.map(({ id, name }) => {
          const Icon = CATEGORY[id]
          return (
            <li key={id}>
              <Link
                href={`/?q=${encodeURIComponent(name)}`}
                className="grid h-full min-h-24 place-items-center content-center gap-2 rounded-card border border-line bg-surface p-2 text-center text-sm font-medium no-underline shadow-card hover:border-accent"
              >
                <Icon aria-hidden className="size-7 text-accent" />
                {name}
              </Link>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

type Product = { id: keyof typeof PRODUCT; name: string; price: string; sold: string; discount?: string | undefined }
type ProductGridProps = { heading: string; products: Product[]; empty: string; all?: { href: string; label: string } | undefined }

export function ProductGrid({ heading, products, empty, all }: ProductGridProps) {
  return (
    <section aria-labelledby="products">
      <div className="mb-4 flex flex-wrap items-center justify-between gap-2">
        <h2 id="products" className="text-xl font-bold">
          {heading}
        </h2>
        {all && (
          <Link href={all.href} className="inline-flex min-h-11 items-center font-medium text-accent">
            {all.label}
          </Link>
        )}
      </div>
      {products.length === 0 && <p className="rounded-card border border-line bg-surface p-6">{empty}</p>}
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
      <div aria-hidden className="grid aspect-4/3 place-items-center bg-linear-to-br from-tint to-raised text-accent">
        <Icon className="size-16 stroke-[1.25]" />
      </div>
      <div className="grid gap-1 p-4">
        <h3 className="text-sm">{name}</h3>
        <p className="font-bold tabular-nums">{price}</p>
        {discount && (
          <p className="justify-self-start rounded-full bg-danger-tint px-2 text-sm font-medium text-danger">{discount}</p>
        )}
        <p className="text-sm text-muted">{sold}</p>
      </div>
    </li>
  )
}
