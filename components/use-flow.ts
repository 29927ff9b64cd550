'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { unstable_rethrow } from 'next/navigation'
import { type FormEvent, useActionState, useEffect, useRef, useState, useTransition } from 'react'
import { type FieldValues, useForm } from 'react-hook-form'
import type { core } from 'zod/mini'
import { errorsToShow } from './form-errors'
import type { FormAction, FormState, FormText } from './form-state'

export type FlowSchema = core.$ZodType<FieldValues, FieldValues>

/**
 * One form's way to the server and back. With JavaScript: check, then call the action; without it, or before hydration, the
 * browser posts to the action and the page comes back with the answer. A second submit while one is under way does nothing.
 */
export function useFlow(action: FormAction, schema: FlowSchema, text: FormText) {
  const [posted, post] = useActionState(action, {})
  const [answered, setAnswered] = useState<FormState>()
  const [submissions, setSubmissions] = useState(0)
  const [isPending, start] = useTransition()
  const isUnderWay = useRef(false)
  const summary = useRef<HTMLDivElement>(null)
  const { register, handleSubmit, setValue, formState } = useForm({
    resolver: zodResolver(schema),
    shouldFocusError: false,
    reValidateMode: 'onSubmit',
  })
  const state = answered ?? posted
  const errors = errorsToShow(formState.errors, state, text.words)

  // biome-ignore lint/correctness/useExhaustiveDependencies: an equal answer to another try takes the focus again
  useEffect(() => summary.current?.focus(), [state, formState.submitCount])

  async function send(form: HTMLFormElement) {
    try {
      setAnswered(await action(state, new FormData(form)))
    } catch (error) {
      unstable_rethrow(error)
      if (!(error instanceof TypeError)) throw error
      setAnswered({ formError: text.offline })
    }
    for (const input of form.querySelectorAll<HTMLInputElement>('input[data-secret]')) setValue(input.name, '')
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (isUnderWay.current || isPending) return
    isUnderWay.current = true
    const form = event.currentTarget
    // A password manager may have filled a field without an event.
    for (const [name, value] of new FormData(form)) if (!name.startsWith('$ACTION')) setValue(name, value)
    setSubmissions((count) => count + 1)
    await handleSubmit(() => start(() => send(form)))(event)
    isUnderWay.current = false
  }

  return { post, submit, register, errors, values: state.values ?? {}, isPending, submissions, summary }
}
