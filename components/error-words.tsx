'use client'

import { createContext, type ReactNode, useContext } from 'react'

export type ErrorWordsOf = {
  title: string
  heading: string
  text: string
  reference: string
  retry: string
  home: string
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
