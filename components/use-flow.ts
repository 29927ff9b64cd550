'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { type FieldValues, useForm } from 'react-hook-form'
import type { core } from 'zod/mini'
import { errorsToShow } from './form-errors'
import type { FormAction, FormText } from './form-state'
import { useSend } from './use-send'

export type FlowSchema = core.$ZodType<FieldValues, FieldValues>

/** Checks a form in the browser first, then sends it. A second submit while one is under way does nothing. */
export function useFlow(action: FormAction, schema: FlowSchema, text: FormText) {
  const { state, post, isPending, send } = useSend(action)
  const [submissions, setSubmissions] = useState(0)
  const isChecking = useRef(false)
  const form = useRef<HTMLFormElement>(null)
  const summary = useRef<HTMLDivElement>(null)
  const { register, handleSubmit, setValue, formState } = useForm({
    resolver: zodResolver(schema),
    shouldFocusError: false,
    reValidateMode: 'onSubmit',
  })
  const errors = errorsToShow(formState.errors, state, text.words)

  // biome-ignore lint/correctness/useExhaustiveDependencies: an equal answer to another try takes the focus again
  useEffect(() => summary.current?.focus(), [state, formState.submitCount])

  useEffect(() => {
    if (state.values) emptySecrets(form.current)
  }, [state])

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const sender = event.currentTarget
    if (isChecking.current || isPending) return
    isChecking.current = true
    // A password manager may have filled a field without an event.
    for (const [name, value] of new FormData(sender)) setValue(name, value)
    setSubmissions((count) => count + 1)
    await handleSubmit(() => send(sender))(event)
    isChecking.current = false
  }

  return { form, post, submit, register, errors, values: state.values ?? {}, isPending, submissions, summary }
}

function emptySecrets(form: HTMLFormElement | null) {
  for (const input of form?.querySelectorAll<HTMLInputElement>('input[data-secret]') ?? []) input.value = ''
}
