'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useIsHydrated } from './use-is-hydrated'

type Props = { heading: string; intro?: ReactNode }

/** The h1 of a page. It takes the focus when one step follows another without a page load. */
export function PageHeading({ heading, intro }: Props) {
  const ref = useRef<HTMLHeadingElement>(null)
  const [isWithoutLoad] = useState(useIsHydrated())
  // biome-ignore lint/correctness/useExhaustiveDependencies: another heading is another step
  useEffect(() => {
    if (isWithoutLoad) ref.current?.focus()
  }, [heading])
  return (
    <div className="grid gap-2">
      <h1 ref={ref} tabIndex={-1} className="text-2xl font-bold outline-none">
        {heading}
      </h1>
      {intro && <div className="text-muted">{intro}</div>}
    </div>
  )
}
