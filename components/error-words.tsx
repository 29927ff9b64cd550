'use client'

import { createContext, type ReactNode, useContext } from 'react'

export type ErrorWordsOf = {
  title: string
  heading: string
  text: string
  reference: string
  retry: string
  home: string
  /** The heading of what follows: the form was not sent. */
  notSent: string
  /** After a failure of the server: what was typed is still there. */
  kept: string
  offline: string
  outdated: string
}

const Context = createContext<ErrorWordsOf | null>(null)

/**
 * Provides the texts for errors to all components, because they are needed when the server cannot
 * be reached.
 */
export function ErrorWords({ words, children }: { words: ErrorWordsOf; children: ReactNode }) {
  return <Context value={words}>{children}</Context>
}

export function useErrorWords() {
  return useContext(Context)
}
