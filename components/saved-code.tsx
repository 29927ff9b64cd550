'use client'

import { useActionState } from 'react'
import { ActionButton } from './action-button'
import { Alert } from './alert'
import { buttonClass } from './button'
import { CopyButton } from './copy-button'
import { useIsHydrated } from './use-is-hydrated'

/** Empty before the code was asked for. `isGone`: it was shown before, or its time is over. */
export type SavedCodeShown = { code?: string; isGone?: boolean }

export type SavedCodeWords = Record<
  'show' | 'heading' | 'made' | 'use' | 'print' | 'printHint' | 'copy' | 'copied' | 'gone',
  string
>

type Props = {
  action: (state: SavedCodeShown) => Promise<SavedCodeShown>
  /** Whether the code was shown before this page. */
  isShown: boolean
  words: SavedCodeWords
}

/**
 * A button that shows a saved code once, and the code, to be printed or copied. It works without
 * JavaScript. Of the page only the code is printed.
 */
export function SavedCode({ action, isShown, words }: Props) {
  const [{ code, isGone = isShown }, show] = useActionState(action, {})
  return (
    <div className="grid gap-4">
      <div role="status">
        {code && <Sheet code={code} words={words} />}
        {!code && isGone && <Alert tone="warning">{words.gone}</Alert>}
      </div>
      {code && <Keep code={code} words={words} />}
      {!code && !isGone && (
        <form action={show} className="grid">
          <ActionButton look="primary">{words.show}</ActionButton>
        </form>
      )}
    </div>
  )
}

type ShownProps = { code: string; words: SavedCodeWords }

function Sheet({ code, words }: ShownProps) {
  return (
    <div className="printed-alone grid justify-items-center gap-2 rounded-card bg-tint p-6 text-center">
      <p className="font-semibold">{words.heading}</p>
      <p className="text-lg font-bold tracking-wider whitespace-nowrap sm:text-2xl sm:tracking-widest text-accent tabular-nums">
        <span aria-hidden>{code}</span>
        {/* Letter by letter: nobody could write the word down. */}
        <span className="sr-only">{[...code.replaceAll('-', '')].join(' ')}</span>
      </p>
      <p className="text-sm text-muted">{words.made}</p>
      <p className="text-sm">{words.use}</p>
    </div>
  )
}

function Keep({ code, words }: ShownProps) {
  const isHydrated = useIsHydrated()
  return (
    <div className="no-print grid justify-items-center gap-2">
      {isHydrated ? (
        <button type="button" onClick={() => print()} className={buttonClass('secondary')}>
          {words.print}
        </button>
      ) : (
        <p className="text-sm text-muted">{words.printHint}</p>
      )}
      <CopyButton text={code} label={words.copy} copiedLabel={words.copied} />
    </div>
  )
}
