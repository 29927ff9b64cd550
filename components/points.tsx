import { Coins } from './icons'

type TotalProps = { label: string; amount: string }

/** The balance: "1.250 poin". */
export function PointsTotal({ label, amount }: TotalProps) {
  return (
    <div className="flex items-center gap-4">
      <span className="grid size-12 shrink-0 place-items-center rounded-full bg-tint text-accent">
        <Coins aria-hidden className="size-6" />
      </span>
      <p className="grid">
        <span className="text-sm text-muted">{label}</span>
        <span className="text-2xl font-bold tabular-nums">{amount}</span>
      </p>
    </div>
  )
}

type Entry = { id: string; date: string; reason: string; amount: string }
type EntriesProps = { heading: string; entries: Entry[] }

/** The entries of the ledger, newest first. A list, because a table does not fit a small screen. */
export function PointsEntries({ heading, entries }: EntriesProps) {
  return (
    <section aria-labelledby="entries">
      <h2 id="entries" className="mb-2 text-lg font-semibold">
        {heading}
      </h2>
      <ul>
        {entries.map(({ id, date, reason, amount }) => (
          <li
            key={id}
            className="flex flex-wrap items-baseline justify-between gap-x-4 border-t border-line py-3 first:border-0"
          >
            <span className="grid min-w-0 grow basis-40">
              <span>{reason}</span>
              <span className="text-sm text-muted">{date}</span>
            </span>
            <span className="font-semibold tabular-nums">{amount}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
