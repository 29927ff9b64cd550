type Labelled = { label: string; text: string }

/** A price in words. `former` and `discount` come together. */
export type PriceText = {
  now: Labelled
  former?: Labelled
  discount?: string
}

/** The price of a product, with the former price struck through and the discount. */
export function Price({ now, former, discount, isLarge }: PriceText & { isLarge?: boolean }) {
  return (
    <div className="tabular-nums">
      <p className={isLarge ? 'text-3xl font-extrabold' : 'font-bold'}>
        <span className="sr-only">{now.label}</span> {now.text}
      </p>
      {former && (
        <p className="flex flex-wrap items-center gap-x-2 pt-1 text-xs">
          <span className="rounded-md bg-danger-tint px-1 font-bold text-danger">{discount}</span>
          <span className="sr-only">{former.label}</span>
          <s className="text-muted">{former.text}</s>
        </p>
      )}
    </div>
  )
}
