import type { ReactNode } from 'react'
import type { IconType } from './icons'

export type Fact = { label: string; value: ReactNode }

type Props = {
  icon: IconType
  happened: string
  at: Date
  time: string
  /** The device and the place. */
  origin: readonly string[]
  /** The masked address that the event is about. */
  about?: string | undefined
  children: ReactNode
}

/** One event of the activity. Child of an `<ol>`; its day is the heading of the list. */
export function ActivityRow({ icon: Icon, happened, at, time, origin, about, children }: Props) {
  return (
    <li className="flex break-inside-avoid flex-wrap gap-x-4 gap-y-1 border-t border-line pt-4 pb-2 first:border-0 first:pt-0 last:pb-0">
      <span className="grid size-10 shrink-0 place-items-center rounded-full bg-tint text-accent">
        <Icon className="size-5" />
      </span>
      <div className="grow basis-40">
        <p className="font-semibold">{happened}</p>
        <p className="text-sm text-muted">
          <time dateTime={at.toISOString()}>{time}</time>
          {origin.map((part) => (
            <span key={part}>
              {' · '}
              {part}
            </span>
          ))}
        </p>
        {about && <p className="text-sm tabular-nums">{about}</p>}
        {/* The details take a line of their own when they open, and their summary does not move. */}
        <div className="flex flex-wrap items-start justify-between gap-x-4">{children}</div>
      </div>
    </li>
  )
}

/** Facts of an event, each a label and a value. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="grid gap-1 pb-2 text-sm">
      {facts.map(({ label, value }) => (
        <div key={label} className="flex flex-wrap items-center gap-x-4">
          <dt className="basis-40 text-muted">{label}</dt>
          <dd className="flex flex-wrap items-center gap-x-4 tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
