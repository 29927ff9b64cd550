import type { ReactNode } from 'react'

type Props = { name: string; greeting: string; children: ReactNode }

/** Who is signed in: the initials, a greeting, and what belongs to the customer. */
export function Identity({ name, greeting, children }: Props) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <span
        aria-hidden
        className="grid size-12 shrink-0 place-items-center rounded-full bg-brand text-lg font-bold text-on-brand"
      >
        {initialsOf(name)}
      </span>
      <div className="min-w-0 grow basis-40">
        <p className="text-lg font-semibold break-words">{greeting}</p>
        {children}
      </div>
    </div>
  )
}

/** The first letters of the first and the last word. */
function initialsOf(name: string) {
  const words = name.split(' ').filter(Boolean)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  return ends.map((word = '') => [...word][0]?.toLocaleUpperCase() ?? '').join('')
}
