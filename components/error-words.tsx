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
}

const Context = createContext<ErrorWordsOf | null>(null)

/** Carries the words for when the server cannot be asked, to wherever that may happen. */
export function ErrorWords({ words, children }: { words: ErrorWordsOf; children: ReactNode }) {
  return <Context value={words}>{children}</Context>
}

export function useErrorWords() {
  return useContext(Context)
}
