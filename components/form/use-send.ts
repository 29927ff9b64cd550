'use client'

import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation'
import { useActionState, useState, useTransition } from 'react'
import { type ErrorWordsOf, useErrorWords } from '../error-words'
import type { FormAction, FormState } from './form-state'

/**
 * Calls the server action of a form. The browser posts to `post` without JavaScript or before
 * hydration; `send` keeps the page, with what was typed, when the network fails or the page is older
 * than the server. `state` is the latest answer.
 */
export function useSend(action: FormAction) {
  const [posted, post] = useActionState(action, {})
  const [answered, setAnswered] = useState<FormState>()
  const [isPending, start] = useTransition()
  const words = useErrorWords()
  const state = answered ?? posted

  async function ask(form: HTMLFormElement) {
    try {
      setAnswered(await action(state, new FormData(form)))
    } catch (error) {
      unstable_rethrow(error)
      const formError = sentenceFor(error, words)
      if (!formError) throw error
      setAnswered({ formError })
    }
  }

  return { state, post, isPending, send: (form: HTMLFormElement) => start(() => ask(form)) }
}

function sentenceFor(error: unknown, words: ErrorWordsOf | null) {
  if (unstable_isUnrecognizedActionError(error)) return words?.outdated
  return error instanceof TypeError ? words?.offline : undefined
}
