type Fact = { label: string; value: string }

type Props = { happened: string; at: Date; moment: string; facts: readonly Fact[] }

/** One event of the activity, with its time and facts. Child of an `<ol>`. */
export function ActivityRow({ happened, at, moment, facts }: Props) {
  return (
    <li className="break-inside-avoid border-t border-line py-4 first:border-0 first:pt-0 last:pb-0">
      <p className="font-semibold">{happened}</p>
      <time dateTime={at.toISOString()} className="text-sm text-muted">
        {moment}
      </time>
      <dl className="mt-2 grid gap-x-4 gap-y-1 text-sm sm:grid-cols-[10rem_1fr]">
        {facts.map(({ label, value }) => (
          <div key={label} className="flex flex-wrap gap-x-2 sm:contents">
            <dt className="text-muted">{label}</dt>
            <dd className="tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </li>
  )
}
