import type { ReactNode } from 'react'

type Props = { children: ReactNode; className?: string }

/** The white card that holds the content of a page. */
export function Card({ children, className = '' }: Props) {
  return (
    <div
      className={`rounded-card border border-line bg-surface p-6 shadow-card sm:p-8 print:border-0 print:p-0 print:shadow-none ${className}`}
    >
      {children}
    </div>
  )
}

type SectionProps = Props & { id: string; heading: string; aside?: ReactNode }

/** A card with a heading, and optional content beside the heading. */
export function Section({ id, heading, aside, children }: SectionProps) {
  return (
    <section aria-labelledby={id}>
      <Card>
        <div className="mb-4 flex flex-wrap items-center justify-between gap-2">
          <h2 id={id} className="text-lg font-semibold">
            {heading}
          </h2>
          {aside}
        </div>
        {children}
      </Card>
    </section>
  )
}
