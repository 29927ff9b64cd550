import { ArrowRight } from '../icons'

type Props = {
  label: string
  before: string
  /** Undefined when nothing changes. */
  after: string | undefined
  /** Read by screen readers between both. */
  becomes: string
  unchanged: string
}

/** What becomes of one value. Child of a `<ul>`. */
export function ChangeRow({ label, before, after, becomes, unchanged }: Props) {
  return (
    <li className="grid gap-x-4 border-t border-line py-3 first:border-0 first:pt-0 last:pb-0 sm:grid-cols-[12rem_1fr]">
      <span className="text-muted">{label}</span>
      <span className="flex flex-wrap items-center gap-x-2 wrap-anywhere">
        <span>{before}</span>
        {after === undefined ? (
          <span className="text-muted">({unchanged})</span>
        ) : (
          <>
            <ArrowRight className="size-5 shrink-0 text-muted" />
            <span className="sr-only">{becomes}</span>
            <strong>{after}</strong>
          </>
        )}
      </span>
    </li>
  )
}
