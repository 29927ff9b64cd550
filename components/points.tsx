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
type TableProps = {
  caption: string
  columns: { date: string; reason: string; amount: string }
  entries: Entry[]
}

/** The entries of the ledger, newest first. */
export function PointsTable({ caption, columns, entries }: TableProps) {
  return (
    <table className="w-full text-left">
      <caption className="mb-2 text-left text-lg font-semibold">{caption}</caption>
      <thead className="text-sm text-muted">
        <tr className="border-b border-line">
          <th scope="col" className="py-2 pr-4 font-medium">
            {columns.date}
          </th>
          <th scope="col" className="py-2 pr-4 font-medium">
            {columns.reason}
          </th>
          <th scope="col" className="py-2 text-right font-medium">
            {columns.amount}
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id} className="border-b border-line align-top last:border-0">
            <td className="py-3 pr-4 text-sm whitespace-nowrap text-muted">{entry.date}</td>
            <td className="py-3 pr-4">{entry.reason}</td>
            <td className="py-3 text-right font-semibold tabular-nums">{entry.amount}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
