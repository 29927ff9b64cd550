'use client'

import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation'
import { type FormEvent, useActionState, useState, useTransition } from 'react'
import { referenceOf } from '../error-reference'
import { type ErrorWordsOf, useErrorWords } from '../error-words'
import type { FormAction, FormState } from './form-state'

/**
 * Calls the server action of a form. The browser posts to `post` without JavaScript or before
 * hydration; `send` keeps the page, with what was typed, when the network or the server fails or the
 * page is older than the server, and may add fields. `state` is the latest answer, `answered` only one to `send`.
 */
export function useSend(action: FormAction) {
  const [posted, post] = useActionState(action, {})
  const [answered, setAnswered] = useState<FormState>()
  const [isPending, start] = useTransition()
  const words = useErrorWords()
  const state = answered ?? posted

  async function ask(form: HTMLFormElement, added: Record<string, string>) {
    const sent = new FormData(form)
    for (const [name, value] of Object.entries(added)) sent.set(name, value)
    try {
      setAnswered(await action(state, sent))
    } catch (error) {
      unstable_rethrow(error)
      if (!words) throw error
      setAnswered(failureOf(error, words))
    }
  }

  const send = (form: HTMLFormElement, added = {}) => start(() => ask(form, added))
  return { state, answered, post, isPending, send }
}

/** The name and value of the button that was pressed, which a form's data does not have by itself. */
export function choiceOf({ nativeEvent }: FormEvent<HTMLFormElement>): Record<string, string> {
  const button = nativeEvent instanceof SubmitEvent ? nativeEvent.submitter : null
  return button instanceof HTMLButtonElement && button.name ? { [button.name]: button.value } : {}
}

function failureOf(error: unknown, words: ErrorWordsOf): FormState {
  const { notSent: heading } = words
  if (unstable_isUnrecognizedActionError(error)) return { formError: words.outdated, heading }
  if (error instanceof TypeError) return { formError: words.offline, heading }
  const reference = referenceOf(error)
  const numbered = reference ? [words.reference.replace('{reference}', reference)] : []
  return { formError: [words.kept, ...numbered].join(' '), heading: words.heading }
}
