import {
  Backpack,
  Camera,
  CookingPot,
  Headphones,
  House,
  type IconType,
  Laptop,
  Smartphone,
  Trophy,
} from './icons'

const CATEGORY = {
  phones: Smartphone,
  computers: Laptop,
  audio: Headphones,
  cameras: Camera,
  home: House,
  kitchen: CookingPot,
  fashion: Backpack,
  sport: Trophy,
} satisfies Record<string, IconType>

type Tile = { id: keyof typeof CATEGORY; name: string; href: string; isCurrent: boolean }

/** The categories of the shop. Each shows its goods only. */
export function CategoryTiles({
  heading,
  categories,
}: {
  heading: string
  categories: readonly Tile[]
}) {
  return (
    <section aria-labelledby="categories">
      <h2 id="categories" className="mb-4 text-xl font-bold">
        {heading}
      </h2>
      <ul className="grid grid-cols-[repeat(auto-fit,minmax(4.75rem,1fr))] gap-2">
        {categories.map((category) => (
          <CategoryTile key={category.id} {...category} />
        ))}
      </ul>
    </section>
  )
}

function CategoryTile({ id, name, href, isCurrent }: Tile) {
  const Icon = CATEGORY[id]
  const look = isCurrent
    ? 'border-accent bg-tint text-accent font-bold'
    : 'border-line bg-surface hover:border-accent'
  return (
    <li>
      <a
        href={href}
        aria-current={isCurrent || undefined}
        className={`grid h-full min-h-20 place-items-center content-center gap-1 rounded-card border-2 p-1 text-center text-xs font-medium sm:text-sm no-underline ${look}`}
      >
        <Icon aria-hidden className="size-7 text-accent" />
        {name}
      </a>
    </li>
  )
}
