'use client'

import { useActionState } from 'react'
import { ActionButton } from './action-button'

/** Empty before a word was made. `until`: a sentence that says how long it is valid. */
export type CallerWordState = { word?: string; until?: string }

type Props = {
  action: (state: CallerWordState) => Promise<CallerWordState>
  show: string
  again: string
  label: string
}

/** A button that makes a word to be read out, and the word. It works without JavaScript. */
export function CallerWord({ action, show, again, label }: Props) {
  const [{ word, until }, make] = useActionState(action, {})
  return (
    <div className="grid gap-4">
      <div role="status">
        {word && (
          <div className="grid justify-items-center gap-2 rounded-card bg-tint p-6 text-center">
            <p className="font-semibold">{label}</p>
            <p className="text-4xl font-bold tracking-[0.2em] text-accent">
              <span aria-hidden>{word}</span>
              {/* Letter by letter: nobody could read the word out. */}
              <span className="sr-only">{[...word].join(' ')}</span>
            </p>
            <p className="text-sm text-muted">{until}</p>
          </div>
        )}
      </div>
      <form action={make} className="grid">
        <ActionButton look={word ? 'secondary' : 'primary'}>{word ? again : show}</ActionButton>
      </form>
    </div>
  )
}
