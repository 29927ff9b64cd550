'use client'

import { createContext, type ReactNode, useContext } from 'react'

export type ErrorWordsOf = { title: string; heading: string; text: string; reference: string; retry: string; home: string }

const Context = createContext<ErrorWordsOf | null>(null)

/** Carries the words of the error page to where an error strikes: that page can ask the server for nothing. */
export function ErrorWords({ words, children }: { words: ErrorWordsOf; children: ReactNode }) {
  return <Context value={words}>{children}</Context>
}

export function useErrorWords() {
  return useContext(Context)
}
