'use client'

import { unstable_rethrow } from 'next/navigation'
import { useActionState, useState, useTransition } from 'react'
import { useErrorWords } from '../error-words'
import type { FormAction, FormState } from './form-state'

/**
 * Calls the server action of a form. The browser posts to `post` without JavaScript or before
 * hydration; `send` keeps the page when the network fails. `state` is the latest answer.
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
      if (!words || !(error instanceof TypeError)) throw error
      setAnswered({ formError: words.offline })
    }
  }

  return { state, post, isPending, send: (form: HTMLFormElement) => start(() => ask(form)) }
}
