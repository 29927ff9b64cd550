'use client'

import { useState } from 'react'
import { buttonClass } from './button'
import { useIsHydrated } from './use-is-hydrated'

const SHOWN_MS = 4_000

type Props = { text: string; label: string; copiedLabel: string }

/** A button that copies a text. It needs JavaScript and a browser with a clipboard. */
export function CopyButton({ text, label, copiedLabel }: Props) {
  const isHydrated = useIsHydrated()
  const [isCopied, setIsCopied] = useState(false)
  // Browsers have a clipboard on secure origins alone.
  if (!isHydrated || !navigator.clipboard) return null
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setIsCopied(true)
    setTimeout(() => setIsCopied(false), SHOWN_MS)
  }
  return (
    <>
      <button
        type="button"
        onClick={() => void copy().catch(() => {})}
        className={buttonClass('quiet')}
      >
        <span>{isCopied ? copiedLabel : label}</span>
      </button>
      {/* Not in the button: the text of a status is no part of the name of what contains it. */}
      <span role="status" className="sr-only">
        {isCopied && copiedLabel}
      </span>
    </>
  )
}
