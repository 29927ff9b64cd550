'use client'

import { type ReactNode, useState } from 'react'
import { useIsHydrated } from './use-is-hydrated'

type Props = { heading: string; intro?: ReactNode }

/**
 * The h1 of a page. It takes the focus when one step follows another without a page load. The text is its
 * key, so React replaces the element when the text changes, and the new element takes the focus.
 */
export function PageHeading({ heading, intro }: Props) {
  const [isWithoutLoad] = useState(useIsHydrated())
  return (
    <div className="grid gap-2">
      <h1
        key={heading}
        ref={isWithoutLoad ? takeFocus : undefined}
        tabIndex={-1}
        className="text-2xl font-bold outline-none"
      >
        {heading}
      </h1>
      {intro && <div className="text-muted">{intro}</div>}
    </div>
  )
}

function takeFocus(element: HTMLElement | null) {
  element?.focus()
}
